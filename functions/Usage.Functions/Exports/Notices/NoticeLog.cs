using Microsoft.Extensions.Logging;
using Usage.Core.Integrations;
using Usage.Core.Runs;

namespace Usage.Functions.Exports.Notices;

internal static partial class NoticeLog
{
    [LoggerMessage(LogLevel.Error, "Nobody took the notice of run {Run}, and it is given up: {Reason}")]
    public static partial void GaveUp(this ILogger logger, RunId run, string reason);

    [LoggerMessage(LogLevel.Warning, "The notice of run {Run} of {Integration} was not taken: {Reason}")]
    public static partial void NotTaken(this ILogger logger, RunId run, IntegrationId integration, string reason);

    [LoggerMessage(LogLevel.Information, "The notice of run {Run} of {Integration} was taken")]
    public static partial void Taken(this ILogger logger, RunId run, IntegrationId integration);
}
