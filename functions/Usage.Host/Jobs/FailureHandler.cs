using System.Runtime.ExceptionServices;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Usage.Host.Worker;

namespace Usage.Host.Jobs;

/// <summary>
/// By hand: the SDK's own handler ends the process. The Functions host restarts the worker whose function ran out of time, as here, and
/// shuts itself down after what an extension didn't catch, to be started again by its plan. Nobody starts this one again, so it goes on:
/// the extension's message is still in its queue and comes again.
/// </summary>
internal sealed partial class FailureHandler(WorkerProcess worker, ILogger<FailureHandler> logger) : IWebJobsExceptionHandler
{
    public async Task OnTimeoutExceptionAsync(ExceptionDispatchInfo exceptionInfo, TimeSpan timeoutGracePeriod)
    {
        var late = (exceptionInfo.SourceException as FunctionTimeoutException)?.Task ?? Task.Delay(Timeout.Infinite);
        if (await Task.WhenAny(late, Task.Delay(timeoutGracePeriod)) == late) return;
        TimedOut(exceptionInfo.SourceException.Message);
        worker.Kill();
    }

    public Task OnUnhandledExceptionAsync(ExceptionDispatchInfo exceptionInfo)
    {
        Unhandled(exceptionInfo.SourceException);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message} It goes on running, so its worker is ended and started again")]
    private partial void TimedOut(string message);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "An extension of the host failed outside a function; its message is tried again later")]
    private partial void Unhandled(Exception exception);
}
