using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>Gives the durable runtime the app's orchestrators and activities, each through the middleware.</summary>
internal sealed class DurableListener(DurableRuntime? runtime) : ITriggerListener
{
    public static DurableListener For(
        IReadOnlyList<FunctionDescriptor> functions, HostSettings settings, FunctionInvoker invoker, IServiceProvider services, ILoggerFactory loggers)
    {
        if (!functions.Any(IsDurable)) return new DurableListener(null);
        var runtime = new DurableRuntime(
            new DurableRuntimeOptions
            {
                Directory = Path.Combine(settings.DataFolder, "durable", settings.HubName),
                MaxConcurrentActivities = settings.MaxActivities,
                MaxConcurrentOrchestrators = settings.MaxOrchestrators,
            },
            loggers);
        foreach (var function in functions)
        {
            if (function.Trigger is OrchestrationTriggerAttribute orchestration)
                runtime.AddOrchestrator(orchestration.Orchestration ?? function.Name, context => OrchestrateAsync(function, invoker, services, context));
            if (function.Trigger is ActivityTriggerAttribute activity)
                runtime.AddActivity(activity.Activity ?? function.Name, (input, cancel) => ActAsync(function, invoker, input, cancel));
        }

        services.GetRequiredService<DurableHub>().Runtime = runtime;
        return new DurableListener(runtime);
    }

    public Task StartAsync(CancellationToken cancel) => runtime?.StartAsync(cancel) ?? Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancel)
    {
        if (runtime is null) return;
        await runtime.StopAsync(cancel);
        await runtime.DisposeAsync();
    }

    // A replay that waits for its next event is dropped, not ended: a scope of its own would never be closed.
    private static async Task<object?> OrchestrateAsync(
        FunctionDescriptor function, FunctionInvoker invoker, IServiceProvider services, TaskOrchestrationContext context) =>
        await invoker.InvokeAsync(new Invocation.Invocation
        {
            Function = function,
            Input = features => features.Set(context),
            Services = services.CreateScope().ServiceProvider,
        });

    private static Task<object?> ActAsync(FunctionDescriptor function, FunctionInvoker invoker, LocalActivity activity, CancellationToken cancel) =>
        invoker.InvokeAsync(new Invocation.Invocation
        {
            Function = function,
            Input = features => features.Set(activity),
            Data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = activity.InstanceId },
            Cancel = cancel,
        });

    private static bool IsDurable(FunctionDescriptor function) =>
        function.Trigger is OrchestrationTriggerAttribute or ActivityTriggerAttribute
        || function.Method.GetParameters().Any(p => p.IsDefined(typeof(DurableClientAttribute)));
}
