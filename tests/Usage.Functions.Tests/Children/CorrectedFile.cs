using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage;

namespace Usage.Functions.Tests.Children;

/// <summary>Imports a file with rejected rows, and sends them again.</summary>
internal sealed partial class CorrectedFile(ImportHost host)
{
    /// <summary>A clean row, a bad cell, an account that nobody has, a cell too many, a bad date.</summary>
    public const string Rows =
        "acme,2026-08-01,1\nacme,2026-08-02,N/A\nnobody,2026-08-01,7\nglobex,2026-08-01,1,234\nglobex,2026-08-99,4\n";

    public async Task<(Integration Integration, Run Run)> ImportAsync(string rows, ErrorMode mode = ErrorMode.SkipCell)
    {
        var integration = await host.AddIntegrationAsync(new ErrorPolicy { Mode = mode });
        return (integration, await host.ImportAsync(await host.DropAsync(integration.Id.Value, rows)));
    }

    /// <summary>With a number in the place of the bad cell.</summary>
    public static string[] Corrected(string[] lines) =>
        [.. lines.Select(line => line.Replace("2026-08-02,N/A,2,", "2026-08-02,5,2,", StringComparison.Ordinal))];

    public async Task<string[]> RejectedAsync(RunId run)
    {
        var blob = host.Get<UsageBlobs>().Runs.GetBlobClient($"{run}/rejected.csv");
        return (await blob.DownloadContentAsync()).Value.Content.ToString().TrimStart('\uFEFF').TrimEnd().Split("\r\n");
    }

    /// <summary>As they stand in a line, each in quotes.</summary>
    public static IEnumerable<string> Cells(string line) => Cell().Matches(line).Select(cell =>
        cell.Value.StartsWith('"') ? cell.Value : $"\"{cell.Value}\"");

    public async Task<Run> DropAsync(Integration integration, string[] lines, bool packed = false)
    {
        var bytes = Encoding.UTF8.GetBytes('\uFEFF' + string.Join("\r\n", lines));
        using var target = new MemoryStream();
        await using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) await gzip.WriteAsync(bytes);
        return await host.ImportAsync(await host.DropBytesAsync(
            integration.Id.Value, packed ? target.ToArray() : bytes, $"{Guid.NewGuid():N}-rejected.csv"));
    }

    [GeneratedRegex("(?<=^|,)(\"([^\"]|\"\")*\"|[^,\"]*)(?=,|$)")]
    private static partial Regex Cell();
}
