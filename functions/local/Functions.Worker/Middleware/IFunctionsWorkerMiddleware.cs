namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>
/// Wraps every invocation, in the order of registration. In an orchestrator it runs at each replay and must not await
/// anything but <c>next</c>.
/// </summary>
public interface IFunctionsWorkerMiddleware
{
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
