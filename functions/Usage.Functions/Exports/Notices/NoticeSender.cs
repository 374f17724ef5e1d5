using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Storage.Exports;
using Usage.Storage.Integrations;
using Usage.Storage.Runs;

namespace Usage.Functions.Exports.Notices;

/// <summary>Tells whoever is to be told that a run has ended, and notes that they were.</summary>
public sealed partial class NoticeSender(
    RunStore runs, IntegrationStore integrations, OwedNotices owed, NoticePost post, ILogger<NoticeSender> logger)
{
    /// <summary>For one try: receivers take a notice first and work on it later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="ExportException">It wasn't taken.</exception>
    public async Task SendAsync(RunId id, CancellationToken cancel)
    {
        // A run that was purged, or an integration that tells nobody any more, needs no notice.
        if ((await runs.FindAsync(id, cancel))?.Run is { Integration: { } integration } run
            && (await integrations.GetAsync(integration, cancel))?.Value.Notify is { } notify)
        {
            await PostAsync(notify, run, cancel);
            LogTaken(id, integration);
        }

        await owed.SettleAsync(id, cancel);
    }

    private async Task PostAsync(Notify notify, Run run, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await post.SendAsync(notify, run, patience.Token);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new ExportException($"no answer within {Patience.TotalSeconds:0} s", Again.Later, late);
        }
    }

    [LoggerMessage(LogLevel.Information, "The notice of run {Run} of {Integration} was taken")]
    private partial void LogTaken(RunId run, IntegrationId integration);
}
