using Microsoft.Azure.Functions.Worker;
using Usage.Core.Ids;

namespace Usage.Functions.Exports.Notices;

public sealed class SendNotice(NoticeSender sender)
{
    public sealed record Input(RunId Run);

    /// <exception cref="ExportException">The receiver didn't take it; the orchestration tries again.</exception>
    [Function(nameof(SendNotice))]
    public Task RunAsync([ActivityTrigger] Input input, CancellationToken cancel) => sender.SendAsync(input.Run, cancel);
}
