using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

internal static class DurableParameters
{
    public static ParameterSource Orchestration(ParameterInfo parameter) => parameter.ParameterType == typeof(TaskOrchestrationContext)
        ? static context => new(Remembered(context))
        : throw Wrong("OrchestrationTrigger", parameter, nameof(TaskOrchestrationContext));

    /// <summary>Any further parameter of an orchestrator is its input.</summary>
    public static ParameterSource OrchestrationInput(ParameterInfo parameter)
    {
        var read = typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!.MakeGenericMethod(parameter.ParameterType);
        return context => new(read.Invoke(context.Features.Get<TaskOrchestrationContext>(), null));
    }

    public static ParameterSource Activity(ParameterInfo parameter) =>
        context => new(context.Features.Get<LocalActivity>()!.GetInput(parameter.ParameterType));

    public static ParameterSource Client(ParameterInfo parameter) => parameter.ParameterType == typeof(DurableTaskClient)
        ? static context => new(context.InstanceServices.GetRequiredService<DurableHub>().Client)
        : throw Wrong("DurableClient", parameter, nameof(DurableTaskClient));

    private static TaskOrchestrationContext Remembered(FunctionContext context)
    {
        var orchestration = context.Features.Get<TaskOrchestrationContext>()!;
        TaskOrchestrationContextExtensionMethods.Remember(orchestration, context);
        return orchestration;
    }

    private static StartupException Wrong(string attribute, ParameterInfo parameter, string expected) =>
        new($"[{attribute}] '{parameter.Name}' is a {parameter.ParameterType.Name}, expected a {expected}.");
}
