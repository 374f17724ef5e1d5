using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Values;

namespace Usage.Storage.Changes;

/// <summary>A write of one value, as the log of its run has it.</summary>
/// <param name="UndoneBy">Null: it stands.</param>
public sealed record KeptWrite(DateWriter Writer, RunId? UndoneBy, AccountWrites Account, CellWrite Cell);

/// <summary>All that is kept of the writes of one block of accounts, one product and one date.</summary>
/// <param name="product">Of the block.</param>
/// <param name="writers">Runs of which details are kept, by place.</param>
/// <param name="unknown">Runs that wrote the date and whose details are gone, or aren't there yet.</param>
public sealed class BlockHistory(
    ProductId product, IReadOnlyList<BlockHistory.Writer> writers, IReadOnlyList<DateWriter> unknown)
{
    /// <param name="Dimensions">What the numbers in the group stand for.</param>
    public sealed record Writer(DateWriter Of, Undone Undone, IReadOnlyList<DimensionId> Dimensions, GroupWrites Group)
    {
        private readonly Dictionary<int, AccountWrites> _accounts = Group.Accounts.ToDictionary(account => account.Account);

        public AccountWrites? Find(int ordinal) => _accounts.GetValueOrDefault(ordinal);
    }

    /// <summary>The same, where other writes count as undone.</summary>
    public BlockHistory With(IReadOnlyDictionary<RunId, Undone> undone) =>
        new(product, [.. writers.Select(writer => writer with { Undone = undone[writer.Of.Run] })], unknown);

    /// <summary>Whether what is kept tells all that was written.</summary>
    public bool IsComplete => unknown.Count == 0;

    /// <summary>Whether some run has written something of an account (ordinal).</summary>
    public bool Knows(int ordinal) => writers.Any(writer => writer.Find(ordinal) is not null);

    /// <summary>The accounts (ordinals) of which some run has written something.</summary>
    public IEnumerable<int> Accounts() =>
        writers.SelectMany(writer => writer.Group.Accounts).Select(account => account.Account).Distinct();

    /// <summary>The dimensions of which some run has written something of an account (ordinal).</summary>
    public IEnumerable<DimensionId> DimensionsOf(int ordinal) =>
        writers.SelectMany(writer => (writer.Find(ordinal)?.Cells ?? []).Select(cell => writer.Dimensions[cell.Dimension])).Distinct();

    /// <summary>The writes of one value, by place.</summary>
    public IEnumerable<KeptWrite> Of(int ordinal, AccountId account, DimensionId dimension)
    {
        foreach (var writer in writers)
        {
            if (writer.Find(ordinal) is not { } writes) continue;
            foreach (var cell in writes.Cells)
            {
                if (writer.Dimensions[cell.Dimension] != dimension || cell.TakenBack) continue;
                var undone = writer.Undone.Find(account, product, writer.Group.Date, dimension);
                yield return new KeptWrite(writer.Of, undone, writes, cell);
            }
        }
    }

    /// <summary>The last run behind a place whose write of a value stands.</summary>
    public static DateWriter? After(string place, IEnumerable<KeptWrite> writes) =>
        writes.LastOrDefault(write => write.UndoneBy is null && write.Writer.IsAfter(place))?.Writer;

    /// <summary>The last run behind a place of which it isn't known what it wrote.</summary>
    public DateWriter? UnknownAfter(string place) => unknown.LastOrDefault(writer => writer.IsAfter(place));

    /// <summary>What a value is to be: that of the latest write that stands, else what the oldest that is kept has found.</summary>
    public UsageValue? ValueOf(int ordinal, AccountId account, DimensionId dimension) => ValueOf(Of(ordinal, account, dimension));

    public static UsageValue? ValueOf(IEnumerable<KeptWrite> writes)
    {
        KeptWrite? latest = null, oldest = null;
        foreach (var write in writes)
        {
            if (write.UndoneBy is null) latest = write;
            if (oldest is null || write.Writer.Turn < oldest.Writer.Turn) oldest = write;
        }

        return latest is not null ? latest.Cell.New : oldest?.Cell.Old;
    }
}
