using System.Text;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Functions.Tests.Changes;

namespace Usage.Functions.Tests.Children.World;

/// <summary>A file that an import has read, with what its replays and fixes mend of it: slow and plain.</summary>
internal sealed class WorldFile(Integration integration, Aggregate aggregate, IReadOnlyList<WorldRow> rows)
{
    public Integration Integration => integration;

    public IReadOnlyList<WorldRow> Rows => rows;

    /// <summary>Of what somebody sends; the rows are read anew with other resolutions.</summary>
    public WorldFile Again(IReadOnlyDictionary<string, AccountId> said) => new(integration, aggregate, Read(rows, said));

    public static WorldFile Of(
        Integration integration, Aggregate aggregate, IReadOnlyDictionary<string, AccountId> said, Random random)
    {
        var rows = Enumerable.Range(1, random.Next(3, 9)).Select(number => new WorldRow(
            number,
            [
                random.Next(3) switch { 0 => Ghost(random), 1 => "acme", _ => "globex" },
                random.Next(7) == 0 ? "bad" : $"2026-08-{random.Next(1, 4):00}", Number(random), Number(random),
            ], null)).ToList();
        return new WorldFile(integration, aggregate, Read(rows, said));
    }

    public static string Ghost(Random random) => $"ghost-{random.Next(3)}";

    /// <summary>As a cell of that column may be mended, rightly or not.</summary>
    public static string Mended(int column, Random random) => column switch
    {
        0 => random.Next(4) switch { 0 => Ghost(random), 1 => "acme", _ => "globex" },
        1 => random.Next(6) == 0 ? "bad" : $"2026-08-{random.Next(1, 5):00}",
        _ => random.Next(8) switch { 0 => "", 1 => "bad2", _ => $"{random.Next(20, 30)}" },
    };

    public byte[] Text()
    {
        var text = new StringBuilder("account,day,seats,logins\n");
        foreach (var row in rows) text.AppendJoin(',', row.Cells).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The rows after each of the mends: first as they were read, then after the first one, and so on.</summary>
    public IReadOnlyList<IReadOnlyList<WorldRow>> After(IReadOnlyList<(RunId Run, WorldMend Mend)> mends)
    {
        var states = new List<IReadOnlyList<WorldRow>> { rows };
        foreach (var (_, mend) in mends)
        {
            var (now, sent) = (states[^1], states[0]);
            if (mend is WorldMend.Correction correction)
                sent = states[1 + mends.Take(states.Count - 1).ToList().FindLastIndex(one => correction.Seen.Contains(one.Run))];
            states.Add([.. now.Select((row, place) => mend.Apply(row, sent[place]))]);
        }

        return states;
    }

    /// <summary>Some row is rejected, and the integration takes all or nothing; or no row gives anything.</summary>
    public bool IsRefused(IReadOnlyList<WorldRow> state) =>
        (integration.OnError.Mode == ErrorMode.Abort && state.Any(row => row.IsRejected))
        || (state.Any(row => row.IsRejected) && !state.Any(row => row.Values(SkipsRows).Any()));

    public bool SkipsRows => integration.OnError.Mode == ErrorMode.SkipRow;

    /// <summary>What the file gives, merged.</summary>
    public Dictionary<ReferenceLog.Cell, double> Merge(IReadOnlyList<WorldRow> state)
    {
        var given = new Dictionary<ReferenceLog.Cell, double>();
        foreach (var account in state.Where(row => row.Values(SkipsRows).Any()).GroupBy(row => row.Account!.Value))
        {
            var latest = account.Max(row => row.Date!.Value);
            foreach (var row in account.OrderBy(row => row.Number))
            {
                if (!integration.AllowMultipleRowsPerCustomer && row.Date != latest) continue;
                foreach (var (dimension, value) in row.Values(SkipsRows))
                {
                    var cell = new ReferenceLog.Cell(account.Key, integration.Products[0].Product, row.Date!.Value, dimension);
                    var sums = integration.AllowMultipleRowsPerCustomer && aggregate == Aggregate.Sum;
                    given[cell] = sums ? given.GetValueOrDefault(cell) + value : value;
                }
            }
        }

        return given;
    }

    private static List<WorldRow> Read(IReadOnlyList<WorldRow> rows, IReadOnlyDictionary<string, AccountId> said) =>
        [.. rows.Select(row => row with { Known = said.TryGetValue(row.Cells[0], out var known) ? known : null })];

    private static string Number(Random random) => random.Next(8) switch
    {
        0 => "bad0",
        1 => "bad1",
        2 => "",
        _ => $"{random.Next(1, 9)}",
    };
}
