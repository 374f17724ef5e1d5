using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Ids;
using Usage.Storage.Notices;
using Usage.Storage.Runs;

namespace Usage.Functions.Notices;

public sealed partial class GiveUpNotice(RunStore runs, OwedNotices owed, ILogger<GiveUpNotice> logger)
{
    public sealed record Input(RunId Run, string Reason);

    [Function(nameof(GiveUpNotice))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        LogGaveUp(input.Run, (await runs.FindAsync(input.Run, cancellationToken))?.Run.Integration, input.Reason);
        await owed.SettleAsync(input.Run, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "Nobody took the notice of run {Run} of {Integration}, and it is given up: {Reason}")]
    private partial void LogGaveUp(RunId run, IntegrationId? integration, string reason);
}
