using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>
/// The ASP.NET Core integration's place in the pipeline: what is registered after it sees the HTTP context, and has its
/// result sent once it is through.
/// </summary>
internal sealed partial class HttpResultMiddleware(ILogger<HttpResultMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.Features.Get<HttpInvocation>() is not { Http: var http })
        {
            await next(context);
            return;
        }

        context.Items[FunctionContextExtensions.HttpContextKey] = http;
        await next(context);
        switch (context.GetInvocationResult().Value)
        {
            case IActionResult result:
                await result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
                break;
            case IResult result:
                await result.ExecuteAsync(http);
                break;
            default:
                if (!http.Response.HasStarted) LogNoResult(context.FunctionDefinition.Name);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message =
        "Function '{Function}' returned neither an IActionResult nor an IResult: with the ASP.NET Core integration such a result is not sent")]
    private partial void LogNoResult(string function);
}
