using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Functions.Worker.Tests.App;

public sealed class OuterMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        context.Items["order"] = "outer";
        await next(context);
        if (context.GetHttpContext() is { } http && !http.Response.HasStarted) http.Response.Headers.Append("x-order", "outer-after");
        if (context.GetInvocationResult().Value is "replace me")
            context.GetInvocationResult().Value = new Microsoft.AspNetCore.Mvc.OkObjectResult("replaced");
    }
}

public sealed class InnerMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        context.Items["order"] += ",inner";
        if (context.GetHttpContext() is { } http) http.Response.Headers.Append("x-order", (string)context.Items["order"]);
        await next(context);
        if (context.GetHttpContext() is { } after && !after.Response.HasStarted) after.Response.Headers.Append("x-order", "inner-after");
    }
}

public sealed class BlobMiddleware(Journal journal) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        journal.Add($"middleware {context.BindingContext.BindingData["BlobTrigger"]}");
        return next(context);
    }
}
