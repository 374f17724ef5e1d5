using System.Globalization;
using System.Text;
using CsvHelper;
using Usage.Core.Ids;
using Usage.Functions.Tests.Imports;
using Usage.Storage;

namespace Usage.Functions.Tests.Children.World;

/// <summary>The rejected rows of a run, as they are sent out and come back.</summary>
internal sealed class WorldRejected
{
    private readonly List<string> _header = [];
    private readonly List<string[]> _lines = [];

    private WorldRejected(RunId run) => Run = run;

    public RunId Run { get; }

    /// <summary>Their cells, by the numbers of the rows.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<string>> Rows => _lines.ToDictionary(
        line => long.Parse(line[_header.IndexOf("_row")], CultureInfo.InvariantCulture), line => (IReadOnlyList<string>)line[..4]);

    /// <returns>Null: the run has rejected none.</returns>
    public static async Task<WorldRejected?> ReadAsync(ImportHost host, RunId run)
    {
        var blob = host.Get<UsageBlobs>().Runs.GetBlobClient($"{run}/rejected.csv");
        if (!await blob.ExistsAsync()) return null;
        await using var csv = CsvReader.Create(
            new MemoryStream((await blob.DownloadContentAsync()).Value.Content.ToArray()), new CsvReaderOptions { HasHeader = true });
        var rejected = new WorldRejected(run);
        rejected._header.AddRange(csv.Headers.ToArray());
        while (await csv.ReadAsync())
            rejected._lines.Add([.. Enumerable.Range(0, rejected._header.Count).Select(at => csv.GetString(at))]);
        return rejected;
    }

    /// <summary>Some rows are left out, some cells become others, and the rows come in any order.</summary>
    public void Correct(Random random)
    {
        while (_lines.Count > 1 && random.Next(3) == 0) _lines.RemoveAt(random.Next(_lines.Count));
        foreach (var line in _lines)
            for (var column = 0; column < 4; column++)
                if (random.Next(3) == 0) line[column] = WorldFile.Mended(column, random);
        if (random.Next(2) == 0) _lines.Reverse();
    }

    public byte[] Text() => Encoding.UTF8.GetBytes(string.Join('\n', _lines.Prepend([.. _header]).Select(line =>
        string.Join(',', line.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))));
}
