using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>What nobody caught: an empty 500, as the host answers, and a line in the log; never the exception's text.</summary>
internal sealed partial class ErrorShield(RequestDelegate next, ILogger<ErrorShield> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e)
        {
            if (e is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested) LogFailed(http.Request.Method, http.Request.Path, e);
            Answer(http, e);
        }
    }

    public static void Answer(HttpContext http, Exception e)
    {
        if (http.RequestAborted.IsCancellationRequested) return;
        if (http.Response.HasStarted)
        {
            // Too late for a status: the client must not take a half answer for a whole one.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(string method, string path, Exception exception);
}
