using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Usage.Local.Machine;

namespace Usage.Local.Azurite;

/// <summary>A running Azurite (blob, queue and table service), on free ports unless told otherwise.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";

    // The emulator's account key is public and the same everywhere; it opens nothing but an emulator.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Process _process;
    private readonly int[] _ports;

    private AzuriteProcess(Process process, int[] ports) => (_process, _ports) = (process, ports);

    public int ProcessId => _process.Id;

    /// <summary>Ports of the blob, queue and table service, to start again on the same ones.</summary>
    public IReadOnlyList<int> Ports => _ports;

    public Uri TableEndpoint => new($"http://127.0.0.1:{_ports[2]}/{Account}");

    // 127.0.0.1 and not localhost: the table client takes localhost on another port than 10002 for Cosmos.
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};" +
        $"BlobEndpoint=http://127.0.0.1:{_ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{_ports[1]}/{Account};" +
        $"TableEndpoint={TableEndpoint};";

    /// <param name="dataFolder">Where it keeps its data; null keeps them in memory.</param>
    /// <param name="ports">Ports of the blob, queue and table service; null takes free ones.</param>
    /// <param name="tell">Hears of long work, such as the first installation.</param>
    /// <param name="reservedBytes">With less room on its disk it takes no writes; null: its own default.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="LocalException">It can't be installed or doesn't start.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string? dataFolder = null, IReadOnlyList<int>? ports = null, Action<string>? tell = null,
        long? reservedBytes = null, CancellationToken cancellationToken = default)
    {
        var folder = await NodePackages.EnsureAsync("infra/azurite", "the storage emulator", tell, cancellationToken);
        var start = new ProcessStartInfo("node", Arguments(dataFolder, ports ?? [0, 0, 0], reservedBytes))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        try
        {
            return new AzuriteProcess(process, await ReadPortsAsync(process, cancellationToken));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Completes with its exit code when it has ended.</summary>
    public async Task<int> EndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends it in order: it saves its tables first (a kill would lose the last seconds' writes).</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    /// <summary>Closes all pipes to it at once, as this process's death does: it saves, and ends by itself.</summary>
    public void Abandon()
    {
        _process.StandardOutput.Close();
        _process.CancelErrorRead();
        _process.StandardInput.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private static List<string> Arguments(string? dataFolder, IReadOnlyList<int> ports, long? reservedBytes)
    {
        List<string> arguments =
        [
            "start.js", "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
            // Longer than clients keep idle connections, so that none is closed just as it is used again.
            "--blobKeepAliveTimeout", "300", "--queueKeepAliveTimeout", "300", "--tableKeepAliveTimeout", "300",
        ];
        if (reservedBytes is not null) arguments.AddRange(["--reservedBytes", $"{reservedBytes}"]);
        if (dataFolder is null) return [.. arguments, "--inMemoryPersistence"];
        Directory.CreateDirectory(dataFolder);
        return [.. arguments, "--location", Path.GetFullPath(dataFolder)];
    }

    private static async Task<int[]> ReadPortsAsync(Process process, CancellationToken cancellationToken)
    {
        var ports = new Dictionary<string, int>();
        var said = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) said.Enqueue(line.Data); };
        process.BeginErrorReadLine();
        while (ports.Count < 3)
        {
            if (await process.StandardOutput.ReadLineAsync(cancellationToken) is not { } line)
            {
                await process.WaitForExitAsync(cancellationToken);
                throw new LocalException(
                    $"The storage emulator ended at once with code {process.ExitCode}: {string.Join(' ', said)}".TrimEnd(':', ' '));
            }

            said.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match)
                ports[match.Groups[1].Value] = int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        // What it prints from now on is of no interest, but a full pipe would stop it.
        _ = DrainAsync(process.StandardOutput.BaseStream);
        return [ports["Blob"], ports["Queue"], ports["Table"]];
    }

    private static async Task DrainAsync(Stream output)
    {
        try
        {
            await output.CopyToAsync(Stream.Null, CancellationToken.None);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Abandoned.
        }
    }

    [GeneratedRegex(@"Azurite (Blob|Queue|Table) service is successfully listening at http://[^:]+:(\d+)")]
    private static partial Regex Listening();
}
