using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>Takes an invocation through the middleware to the function; logs what failed, with the function's name.</summary>
internal sealed partial class FunctionInvoker(FunctionExecutionDelegate pipeline, IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    /// <returns>The function's result, as the middleware left it.</returns>
    public async Task<object?> InvokeAsync(Invocation invocation)
    {
        if (invocation.Services is not null) return await RunAsync(invocation, invocation.Services);
        await using var scope = scopes.CreateAsyncScope();
        return await RunAsync(invocation, scope.ServiceProvider);
    }

    private async Task<object?> RunAsync(Invocation invocation, IServiceProvider services)
    {
        var name = invocation.Function.Name;
        var context = new LocalFunctionContext(invocation.Function, invocation.Data, services, invocation.Cancel);
        invocation.Input(context.Features);
        var logger = loggers.CreateLogger("Function." + name);
        using var _ = logger.BeginScope(Scope(context));
        LogExecuting(logger, name, context.InvocationId);
        try
        {
            await pipeline(context);
            LogExecuted(logger, name, context.InvocationId);
            return context.GetInvocationResult().Value;
        }
        catch (Exception e) when (!IsOrderly(e, invocation) && Note(logger, name, context.InvocationId, e))
        {
            throw;
        }
    }

    // An orchestrator's failure is the durable runtime's to tell; it may be a way to stop a replay.
    private static bool IsOrderly(Exception e, Invocation invocation) =>
        e is BadHttpRequestException
        || (e is OperationCanceledException && invocation.Cancel.IsCancellationRequested)
        || invocation.Function.Trigger is OrchestrationTriggerAttribute;

    private static Dictionary<string, object> Scope(FunctionContext context) => new()
    {
        ["AzureFunctions_FunctionName"] = context.FunctionDefinition.Name,
        ["AzureFunctions_InvocationId"] = context.InvocationId,
    };

    private static bool Note(ILogger logger, string name, string id, Exception e)
    {
        LogFailed(logger, name, id, e);
        return true;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Executing 'Functions.{Function}' (Id={InvocationId})")]
    private static partial void LogExecuting(ILogger logger, string function, string invocationId);

    [LoggerMessage(EventId = 2, Level = LogLevel.Debug, Message = "Executed 'Functions.{Function}' (Succeeded, Id={InvocationId})")]
    private static partial void LogExecuted(ILogger logger, string function, string invocationId);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "Executed 'Functions.{Function}' (Failed, Id={InvocationId})")]
    private static partial void LogFailed(ILogger logger, string function, string invocationId, Exception exception);
}
