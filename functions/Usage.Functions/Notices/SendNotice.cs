using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Outbound;
using Usage.Storage.Integrations;
using Usage.Storage.Notices;
using Usage.Storage.Runs;

namespace Usage.Functions.Notices;

/// <summary>Tells whoever is to be told that a run has ended, and notes that they were.</summary>
public sealed partial class SendNotice(
    RunStore runs, IntegrationStore integrations, OwedNotices owed, NoticePost post, ILogger<SendNotice> logger)
{
    /// <summary>For one try: receivers take a notice first and work on it later.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public sealed record Input(RunId Run);

    /// <exception cref="OutboundException">It wasn't taken: it can be tried again.</exception>
    [Function(nameof(SendNotice))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var id = input.Run;
        // A run that was purged, or an integration that tells nobody any more, needs no notice.
        if ((await runs.FindAsync(id, cancellationToken))?.Run is { Integration: { } integration } run
            && (await integrations.GetAsync(integration, cancellationToken))?.Value.Notify is { } notify)
        {
            await PostAsync(notify, integration, run, cancellationToken);
            LogTaken(id, integration);
        }

        await owed.SettleAsync(id, cancellationToken);
    }

    private async Task PostAsync(Notify notify, IntegrationId integration, Run run, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await post.SendAsync(notify, integration, run, patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException($"no answer within {Patience.TotalSeconds:0} s", Retry.Later, late);
        }
    }

    [LoggerMessage(LogLevel.Information, "The notice of run {Run} of {Integration} was taken")]
    private partial void LogTaken(RunId run, IntegrationId integration);
}
