using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Functions.Settings;
using Usage.Storage;
using Usage.Storage.Integrations;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>Brings an integration's file into <c>imports/{integration}/pulled/</c>, from where the usual way goes on.</summary>
public sealed partial class DownloadFile(
    IntegrationStore integrations, PullTargets targets, DownloadClient client, UsageBlobs blobs, PullStore pulls, PullOptions options,
    UsageOptions limits, TimeProvider clock, ILogger<DownloadFile> logger)
{
    // Bytes. A try that brings as many before it fails doesn't count as a failed one.
    private const long Progress = 1 << 20;

    /// <param name="Stamp">The pull's time, as in the blob's name.</param>
    public sealed record Input(IntegrationId Integration, string Stamp);

    /// <summary>
    /// One round of tries. It can be asked again with the same stamp, after a failure or a crash, and goes on where it was.
    /// </summary>
    [Function(nameof(DownloadFile))]
    public async Task<DownloadOutcome> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        if ((await integrations.GetAsync(input.Integration, cancellationToken))?.Value is not { } integration)
            return new DownloadOutcome(PullStatus.Failed, "the integration was deleted", Retry.Never);
        await pulls.ChangeAsync(
            input.Integration, record => record with { State = record.State with { Status = PullStatus.Running } }, cancellationToken);
        if (integration.Source is not { } source) return Failed(integration, "the integration has no source any more", Retry.Never);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.GetMaxDuration());
        try
        {
            return await PullAsync(integration, targets.Of(integration, source), input.Stamp, patience.Token);
        }
        catch (OutboundException failed)
        {
            return Failed(integration, $"{Shown(source)}: {failed.Message}", failed.Retry);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(integration,
                string.Create(CultureInfo.InvariantCulture,
                    $"{Shown(source)}: not done after {options.GetMaxDuration().TotalMinutes:0.#} minutes"), Retry.Later);
        }
    }

    private async Task<DownloadOutcome> PullAsync(
        Integration integration, PullTarget target, string stamp, CancellationToken cancellationToken)
    {
        var path = PullStamp.Path(integration.Id, stamp);
        var record = await pulls.FindAsync(integration.Id, cancellationToken);
        var last = record?.Validator is { } known && known.Source == target.Fingerprint && (known.ETag ?? known.LastModified) is not null
            ? known : null;
        var transfer = new Transfer(integration.Id, target, path, last, client, blobs, pulls, options, limits.Limits.MaxFileBytes);
        if (record?.Partial is { } partial && IsOf(path, partial.Blob))
        {
            if (await PulledFile.IsThereAsync(blobs, partial.Blob, cancellationToken))
                return await EndAsync(integration, target, partial.Blob, cancellationToken);
            if (partial.Validator.Source == target.Fingerprint) await transfer.ContinueAsync(partial, cancellationToken);
        }

        return await TryAsync(integration.Id, PullStamp.Run(integration.Id, stamp), transfer, cancellationToken) is { } blob
            ? await EndAsync(integration, target, blob, cancellationToken)
            : new DownloadOutcome(PullStatus.Unchanged, $"{target}: nothing has changed since the last file, so there is no run",
                Version: integration.Version);
    }

    private async Task<string?> TryAsync(IntegrationId integration, RunId run, Transfer transfer, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var before = transfer.Length;
            try
            {
                return await transfer.TryAsync(cancellationToken);
            }
            catch (OutboundException failed)
                when (failed.Retry == Retry.Soon && (tries < options.Tries || transfer.Length - before >= Progress))
            {
                if (transfer.Length - before >= Progress) tries = 0;
                var pause = failed.Wait ?? TimeSpan.FromSeconds(options.FirstPauseSeconds) * (1 << tries);
                LogAgain(run, integration, failed.Message, pause);
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    private async Task<DownloadOutcome> EndAsync(
        Integration integration, PullTarget target, string blob, CancellationToken cancellationToken)
    {
        await pulls.ChangeAsync(
            integration.Id,
            record =>
                record with { Validator = record.Partial?.Blob == blob ? record.Partial.Validator : record.Validator, Partial = null },
                cancellationToken);
        return new DownloadOutcome(PullStatus.Pulled, $"{target}: dropped as {blob}", Blob: blob, Version: integration.Version);
    }

    private static DownloadOutcome Failed(Integration integration, string message, Retry retry) =>
        new(PullStatus.Failed, message, retry, Version: integration.Version);

    private static bool IsOf(string path, string blob) => blob == path || blob == $"{path}.gz";

    // As it was configured, without a query.
    private static string Shown(PullSource source) => source.Url.Split('?', '#')[0];

    [LoggerMessage(LogLevel.Warning, "The pull {Run} of {Integration} goes on in {Pause}: {Reason}")]
    private partial void LogAgain(RunId run, IntegrationId integration, string reason, TimeSpan pause);
}
