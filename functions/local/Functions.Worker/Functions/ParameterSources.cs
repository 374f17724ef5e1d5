using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Local.Durable;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Decides at start where each parameter comes from.</summary>
internal static class ParameterSources
{
    /// <exception cref="StartupException">Nothing can fill the parameter.</exception>
    public static ParameterSource For(ParameterInfo parameter, TriggerBindingAttribute trigger)
    {
        var type = parameter.ParameterType;
        if (parameter.IsDefined(typeof(TriggerBindingAttribute))) return TriggerParameters.For(parameter, trigger);
        if (parameter.IsDefined(typeof(DurableClientAttribute))) return DurableParameters.Client(parameter);
        if (parameter.IsDefined(typeof(FromBodyAttribute))) return JsonBody.For(parameter, trigger);
        if (type == typeof(FunctionContext)) return static context => new(context);
        if (type == typeof(CancellationToken)) return static context => new(context.CancellationToken);
        if (trigger is HttpTriggerAttribute && type == typeof(AspNetCore.Http.HttpRequest)) return HttpParameter.For(parameter);
        // Collections are read from JSON text, such as a blob's metadata.
        if ((type.IsInterface || type.IsAbstract) && type.Namespace != "System.Collections.Generic")
            throw new StartupException($"parameter '{parameter.Name}' is a {type.Name}; services belong in the constructor.");
        return trigger is OrchestrationTriggerAttribute
            ? DurableParameters.OrchestrationInput(parameter)
            : context => new(FromData(context, parameter));
    }

    private static object? FromData(FunctionContext context, ParameterInfo parameter)
    {
        if (context.BindingContext.BindingData.TryGetValue(parameter.Name!, out var source) && source is not null)
            return DataConversion.To(parameter, source);
        if (parameter.HasDefaultValue) return parameter.DefaultValue;
        return !parameter.ParameterType.IsValueType || Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            ? null
            : throw new FunctionInputConverterException(
                $"Function '{context.FunctionDefinition.Name}' was called without '{parameter.Name}': " +
                "give the parameter a default value or make it nullable.");
    }
}
