using Usage.Core.Ids;

namespace Usage.Functions.Tests.Children.World;

/// <summary>What a replay or fix mends of a row.</summary>
internal abstract record WorldMend
{
    /// <summary>What was said of identifiers when it had its turn.</summary>
    public IReadOnlyDictionary<string, AccountId> Said { get; init; } = new Dictionary<string, AccountId>();

    /// <summary>Whether a row is one of its rows whatever becomes of it.</summary>
    public virtual bool Lists(WorldRow row) => false;

    /// <param name="row">As it is now.</param>
    /// <param name="sent">As it was when the rows were sent out that came back.</param>
    public abstract WorldRow Apply(WorldRow row, WorldRow sent);

    public sealed override string ToString() => Told;

    protected abstract string Told { get; }

    public sealed record Replay(string Key, AccountId Account) : WorldMend
    {
        protected override string Told => $"{Key} is {Account}";

        public override WorldRow Apply(WorldRow row, WorldRow sent) =>
            row.Account is null && row.Cells[0] == Key ? row with { Known = Account } : row;
    }

    public sealed record Rule(int Column, string Found, string Becomes) : WorldMend
    {
        protected override string Told => $"{WorldRow.Columns[Column]} {Found} -> {Becomes}";

        public override WorldRow Apply(WorldRow row, WorldRow sent) =>
            row.IsRejected && row.Cells[Column] == Found ? row.With(Column, Becomes, Said) : row;
    }

    public sealed record Cell(long Row, int Column, string Becomes) : WorldMend
    {
        protected override string Told => $"row {Row} {WorldRow.Columns[Column]} -> {Becomes}";

        public override WorldRow Apply(WorldRow row, WorldRow sent) =>
            row.IsRejected && row.Number == Row ? row.With(Column, Becomes, Said) : row;
    }

    /// <summary>Rejected rows that came back.</summary>
    /// <param name="Rejecting">The run that had rejected them.</param>
    /// <param name="Seen">It, and the children that it followed.</param>
    public sealed record Correction(
        RunId Rejecting, IReadOnlySet<RunId> Seen, IReadOnlyDictionary<long, IReadOnlyList<string>> Rows) : WorldMend
    {
        public override bool Lists(WorldRow row) => Rows.ContainsKey(row.Number);

        public override WorldRow Apply(WorldRow row, WorldRow sent)
        {
            if (!Rows.TryGetValue(row.Number, out var cells)) return row;
            for (var column = 0; column < cells.Count; column++)
                if (cells[column] != sent.Cells[column]) row = row.With(column, cells[column], Said);
            return row;
        }

        protected override string Told =>
            $"correction of {Rejecting}: {string.Join(" | ", Rows.Select(row => $"{row.Key} {string.Join(',', row.Value)}"))}";
    }
}
