using System.Text;

namespace Usage.Functions.Tests.Children;

/// <summary>A file with rows of unknown accounts and with cells that are no numbers or dates, and what may be mended of it.</summary>
internal sealed class MendableFile
{
    private static readonly string[] Columns = ["account", "day", "seats", "logins"];

    private readonly List<string[]> _rows = [];

    public MendableFile(Random random)
    {
        for (var row = 0; row < 12; row++)
            _rows.Add([
                random.Next(3) switch { 0 => $"ghost-{random.Next(2)}", 1 => "acme", _ => "globex" },
                random.Next(6) == 0 ? "bad" : $"2026-08-{random.Next(1, 3):00}", Number(random), Number(random)]);
    }

    /// <param name="Key">An account that gets known; null: a cell is mended.</param>
    /// <param name="Row">Null: in all rejected rows.</param>
    public sealed record Mend(string? Key, long? Row, string Column, string Found, string Becomes);

    public Mend Next(Random random)
    {
        var account = random.Next(2) == 0 ? "acme" : "globex";
        switch (random.Next(5))
        {
            case 0: return new Mend($"ghost-{random.Next(2)}", null, "account", "", account);
            case 1: return new Mend(null, null, Columns[random.Next(2, 4)], $"bad{random.Next(2)}", $"{random.Next(10, 20)}");
            case 2: return new Mend(null, null, "account", $"ghost-{random.Next(2)}", account);
            default:
                var column = random.Next(4);
                var becomes = column switch { 0 => account, 1 => $"2026-08-{random.Next(1, 4):00}", _ => $"{random.Next(20, 30)}" };
                return new Mend(null, random.Next(1, _rows.Count + 1), Columns[column], "", becomes);
        }
    }

    /// <summary>The rows with what is mended of those that are rejected then.</summary>
    public string Text(IReadOnlyList<Mend> mends)
    {
        var text = new StringBuilder("account,day,seats,logins\n");
        for (var number = 1; number <= _rows.Count; number++)
        {
            var row = (string[])_rows[number - 1].Clone();
            // What an identifier is known to be stands in no cell: a cell that is mended later counts more.
            string? known = null;
            foreach (var mend in mends.TakeWhile(_ => IsRejected([known ?? row[0], .. row[1..]])))
            {
                var column = Array.IndexOf(Columns, mend.Column);
                if (mend.Key is { } key) known ??= row[0] == key ? mend.Becomes : null;
                else if (mend.Row is { } its ? its == number : row[column] == mend.Found)
                    (row[column], known) = (mend.Becomes, column == 0 ? null : known);
            }

            text.AppendJoin(',', (string[])[known ?? row[0], .. row[1..]]).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsRejected(string[] row) =>
        row[0].StartsWith("ghost", StringComparison.Ordinal) || row.Skip(1).Any(cell => cell.StartsWith("bad", StringComparison.Ordinal));

    private static string Number(Random random) => random.Next(4) == 0 ? $"bad{random.Next(2)}" : $"{random.Next(1, 9)}";
}
