using System.Globalization;
using Usage.Core.Ids;

namespace Usage.Functions.Tests.Children.World;

/// <summary>A row of a file as it stands after some mends.</summary>
/// <param name="Cells">Account, day, seats, logins.</param>
/// <param name="Known">The account that its identifier is known to be; it stands in no cell.</param>
internal sealed record WorldRow(long Number, IReadOnlyList<string> Cells, AccountId? Known)
{
    public static readonly IReadOnlyList<AccountId> Accounts = [new("acme"), new("globex")];

    public static readonly IReadOnlyList<DimensionId> Dimensions = [new("seats"), new("logins")];

    public static readonly IReadOnlyList<string> Columns = ["account", "day", "seats", "logins"];

    public AccountId? Account => Known ?? (Accounts.Any(account => account.Value == Cells[0]) ? new AccountId(Cells[0]) : null);

    public bool HasBadCell => Cells.Skip(1).Any(IsBad) || Cells[1].Length == 0;

    public bool IsRejected => Account is null || HasBadCell;

    public DateOnly? Date => IsBad(Cells[1]) || Cells[1].Length == 0
        ? null : DateOnly.ParseExact(Cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <param name="skipsRows">A bad cell takes the whole row with it.</param>
    public IEnumerable<(DimensionId Dimension, double Value)> Values(bool skipsRows)
    {
        if (Account is null || Date is null || (skipsRows && HasBadCell)) yield break;
        for (var place = 0; place < Dimensions.Count; place++)
            if (double.TryParse(Cells[place + 2], CultureInfo.InvariantCulture, out var value)) yield return (Dimensions[place], value);
    }

    /// <summary>With another text in a cell. Where the account isn't known then, what is said of identifiers now counts.</summary>
    public WorldRow With(int column, string text, IReadOnlyDictionary<string, AccountId> said)
    {
        if (Cells[column] == text) return this;
        var row = this with { Known = column == 0 ? null : Known };
        row = row with { Cells = [.. Cells.Select((cell, place) => place == column ? text : cell)] };
        return row.Account is null && said.TryGetValue(row.Cells[0], out var known) ? row with { Known = known } : row;
    }

    public bool IsAs(WorldRow other) => Known == other.Known && Cells.SequenceEqual(other.Cells);

    public override string ToString() => $"{string.Join(',', Cells)} ({Known})";

    private static bool IsBad(string cell) => cell.StartsWith("bad", StringComparison.Ordinal);
}
