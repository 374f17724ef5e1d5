using System.Threading.Channels;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Integrations;
using Usage.Storage.Notices;

namespace Usage.Functions.Notices;

/// <summary>The one call at the end of a run. What is owed is on record before anything is sent: a crash loses no notice.</summary>
public sealed class RunNotices(IntegrationStore integrations, OwedNotices owed)
{
    // What doesn't fit in waits on record for the timer.
    private readonly Channel<FreshNotice> _fresh =
        Channel.CreateBounded<FreshNotice>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs that ended in this process just now.</summary>
    internal ChannelReader<FreshNotice> Fresh => _fresh.Reader;

    /// <summary>Sees to it that the integration's <c>notify</c>, if it has one, is told. It may be called again for the same run.</summary>
    public async Task AnnounceAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Kind != RunKind.Import || run.Integration is not { } integration) return;
        if ((await integrations.GetAsync(integration, cancellationToken))?.Value.Notify is null) return;
        if (await owed.AddAsync(run.Id, cancellationToken)) _fresh.Writer.TryWrite(new FreshNotice(run.Id, integration));
    }
}

/// <summary>Owed just now.</summary>
internal readonly record struct FreshNotice(RunId Run, IntegrationId Integration);
