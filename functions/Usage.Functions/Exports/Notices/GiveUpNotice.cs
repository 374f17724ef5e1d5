using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Storage.Exports;

namespace Usage.Functions.Exports.Notices;

public sealed partial class GiveUpNotice(OwedNotices owed, ILogger<GiveUpNotice> logger)
{
    public sealed record Input(RunId Run, string Reason);

    [Function(nameof(GiveUpNotice))]
    public async Task RunAsync([ActivityTrigger] Input input, CancellationToken cancel)
    {
        LogGaveUp(input.Run, input.Reason);
        await owed.SettleAsync(input.Run, cancel);
    }

    [LoggerMessage(LogLevel.Error, "Nobody took the notice of run {Run}, and it is given up: {Reason}")]
    private partial void LogGaveUp(RunId run, string reason);
}
