using System.Diagnostics;
using Usage.Benchmarks.App;
using Usage.Benchmarks.Files;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Benchmarks.Imports;

/// <param name="Seconds">From the end of the drop until the run had ended.</param>
/// <param name="Noticed">Of these, until the run was there.</param>
/// <param name="WorkerPeak">In MB.</param>
/// <param name="HostPeak">In MB.</param>
internal sealed record Imported(
    Run Run, double Seconds, double Noticed, double WorkerProcessor, double HostProcessor, double EmulatorProcessor, double WorkerPeak,
    double HostPeak);

/// <summary>Drops a generated file and watches its run, reading the run's record beside the app.</summary>
/// <param name="accounts">That are there to be matched.</param>
/// <param name="dates">The files have a date column, and all dates are recorded.</param>
internal sealed class ImportProbe(Bench bench, BenchApp app, long accounts, bool dates)
{
    public double EmulatorProcessor => ProcessFigures.ProcessorSeconds(bench.AzuriteId);

    public Task PrepareAsync(string integration, CancellationToken cancellationToken) =>
        app.ConfigureAsync(integration, dates, cancellationToken);

    /// <inheritdoc cref="Bench.EmptySnapshotsAsync"/>
    public Task EmptySnapshotsAsync(CancellationToken cancellationToken) => bench.EmptySnapshotsAsync(cancellationToken);

    /// <summary>The same file, for someone else.</summary>
    public async Task<string> WriteFileAsync(long rows, CancellationToken cancellationToken)
    {
        var path = Path.Combine(bench.Folder.FullName, "peer.csv");
        await using var file = File.Create(path);
        await UsageFile.WriteAsync(file, rows, accounts, dates, cancellationToken);
        return path;
    }

    /// <param name="integration">Prepared before.</param>
    public Task<Imported> ImportAsync(string integration, long rows, CancellationToken cancellationToken) => ImportAsync(
        integration, TimeSpan.FromMilliseconds(rows <= 1_000 ? 5 : 100),
        to => UsageFile.WriteAsync(to, rows, accounts, dates, cancellationToken), cancellationToken);

    /// <param name="pause">Between two looks at the run.</param>
    /// <param name="write">Writes the file.</param>
    /// <param name="force">A duplicate is imported, too.</param>
    public async Task<Imported> ImportAsync(
        string integration, TimeSpan pause, Func<Stream, Task> write, CancellationToken cancellationToken, bool force = false)
    {
        var path = Path.Combine(bench.Folder.FullName, "file.csv");
        await using var file = new FileStream(
            path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await write(file);
        await file.FlushAsync(cancellationToken);
        file.Position = 0;
        int[] processes = [app.WorkerId, app.HostId, bench.AzuriteId];
        foreach (var process in processes[..2]) await ProcessFigures.ResetPeakAsync(process);
        var before = processes.Select(ProcessFigures.ProcessorSeconds).ToList();
        var drop = await bench.Drops.WriteAsync($"{integration}/file.csv", file, force, date: null, cancellationToken)
            ?? throw new InvalidOperationException("Somebody else writes the file meanwhile.");
        var watch = Stopwatch.StartNew();
        var (run, noticed) = await WatchAsync(drop.RunId, watch, pause, cancellationToken);
        var seconds = watch.Elapsed.TotalSeconds;
        if (run.Status != RunStatus.Succeeded)
            throw new InvalidOperationException($"Run {run.Id} of {run.Rows.Read} rows is {run.Status}: {run.Error?.Message}");
        var spent = processes.Select((process, at) => ProcessFigures.ProcessorSeconds(process) - before[at]).ToList();
        return new Imported(
            run, seconds, noticed, spent[0], spent[1], spent[2],
            await ProcessFigures.PeakMegabytesAsync(app.WorkerId, cancellationToken),
            await ProcessFigures.PeakMegabytesAsync(app.HostId, cancellationToken));
    }

    private async Task<(Run Run, double Noticed)> WatchAsync(RunId id, Stopwatch watch, TimeSpan pause, CancellationToken cancellationToken)
    {
        double? noticed = null;
        while (true)
        {
            var found = await bench.Runs.FindAsync(id, cancellationToken);
            if (found is not null) noticed ??= watch.Elapsed.TotalSeconds;
            if (found?.Run.HasEnded() == true) return (found.Run, noticed!.Value);
            await Task.Delay(pause, cancellationToken);
        }
    }
}
