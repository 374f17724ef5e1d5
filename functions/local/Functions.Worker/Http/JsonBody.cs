using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>A parameter read from the request's JSON body, by the JSON options of MVC.</summary>
internal static class JsonBody
{
    public static ParameterSource For(ParameterInfo parameter, TriggerBindingAttribute trigger) => trigger is HttpTriggerAttribute
        ? context => ReadAsync(context, parameter)
        : throw new StartupException($"[FromBody] '{parameter.Name}' needs an [HttpTrigger].");

    private static async ValueTask<object?> ReadAsync(FunctionContext context, ParameterInfo parameter)
    {
        var request = context.GetHttpContext()!.Request;
        if (!request.HasJsonContentType())
            throw new FunctionInputConverterException($"'{parameter.Name}' is read from a JSON body; found Content-Type \"{request.ContentType}\".");
        var options = context.InstanceServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
        try
        {
            return await request.ReadFromJsonAsync(parameter.ParameterType, options, context.CancellationToken);
        }
        catch (JsonException e)
        {
            throw new FunctionInputConverterException($"'{parameter.Name}': the body is not JSON of a {parameter.ParameterType.Name}: {e.Message}", e);
        }
    }
}
