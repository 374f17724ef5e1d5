using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Usage.Storage.Imports;

namespace Usage.Functions.Http.Errors;

/// <summary>Turns what a trigger didn't foresee into a problem without internals; the whole of it goes to the log.</summary>
public sealed partial class UnforeseenErrors(ILogger<UnforeseenErrors> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception error) when (context.GetHttpContext() is { } http)
        {
            if (http.RequestAborted.IsCancellationRequested) return;
            // Retries that all failed are told together; the last one is as good as any.
            var cause = error is AggregateException several ? several.Flatten().InnerExceptions[^1] : error;
            if (http.Response.HasStarted)
            {
                // Half an answer is out: the caller must not take it for a whole one.
                LogUnforeseen(cause, context.FunctionDefinition.Name, context.InvocationId);
                http.Abort();
                return;
            }

            context.GetInvocationResult().Value = Explain(cause, context);
        }
    }

    private ProblemAnswer Explain(Exception cause, FunctionContext context)
    {
        switch (cause)
        {
            case BodyTooLargeException large:
                return ProblemAnswer.TooLarge(large.Limit);
            case FileReplacedException:
                return ProblemAnswer.NotFound("The file was replaced or deleted while it was read. Ask for it again, or send it anew.");
            case BadHttpRequestException { StatusCode: 413 }:
                return ProblemAnswer.Of(413, "Content too large", ApiErrorCode.TooLarge, "The body is larger than the server takes.");
            case BadHttpRequestException bad:
                return ProblemAnswer.Of(bad.StatusCode, "Bad request", ApiErrorCode.MalformedRequest, "The request is not valid HTTP.");
            case RequestFailedException { Status: 507 }:
                LogUnforeseen(cause, context.FunctionDefinition.Name, context.InvocationId);
                return ProblemAnswer.Of(503, "Storage full", ApiErrorCode.StorageUnavailable,
                    "The storage has no room left, so nothing was written: free space on its disk, then try again.");
            case RequestFailedException { Status: 0 or 408 or 429 or >= 500 } or OperationCanceledException:
                LogUnforeseen(cause, context.FunctionDefinition.Name, context.InvocationId);
                return ProblemAnswer.Of(503, "Storage unavailable", ApiErrorCode.StorageUnavailable,
                    $"The storage doesn't answer at the moment; try again. (Request {context.InvocationId})");
            default:
                LogUnforeseen(cause, context.FunctionDefinition.Name, context.InvocationId);
                return ProblemAnswer.Of(500, "Internal error", ApiErrorCode.InternalError,
                    $"Something went wrong that shouldn't; the log tells more. (Request {context.InvocationId})");
        }
    }

    [LoggerMessage(LogLevel.Error, "{Function} failed unforeseen in request {Request}")]
    private partial void LogUnforeseen(Exception error, string function, string request);
}
