using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json;
using Usage.Host.Functions;
using Usage.Host.Worker;

namespace Usage.Host.Jobs;

/// <summary>Hands a function's arguments to the worker, and its result back.</summary>
public sealed class FunctionInvoker(IReadOnlyList<FunctionDefinition> functions, WorkerChannel worker)
{
    // A string that looks like a date stays the string that it is.
    private static readonly JsonSerializerSettings Verbatim = new() { DateParseHandling = DateParseHandling.None };
    private readonly Dictionary<string, FunctionDefinition> _functions = functions.ToDictionary(function => function.Name);

    /// <exception cref="InvalidOperationException">The function failed in the worker; the text has the form that the durable extension
    /// reads.</exception>
    /// <exception cref="WorkerProcessExitException">The worker ended meanwhile.</exception>
    public async Task<object?> InvokeAsync(string name, object?[] arguments, CancellationToken cancellationToken)
    {
        var function = _functions[name];
        var inputs = function.Inputs.Zip(
            arguments, (binding, value) => new JsonObject { ["name"] = binding["name"].Text(), ["data"] = Data(value) });
        var http = arguments.OfType<HttpInvocation>().FirstOrDefault();
        var answer = await worker.InvokeAsync(
            function, http?.Id ?? Guid.NewGuid().ToString(), new JsonArray([.. inputs]), http?.Values, cancellationToken);
        if (answer["result"]?["status"].Text() == "Failure")
        {
            var thrown = answer["result"]!["exception"];
            throw new InvalidOperationException($"Result: Failure\nException: {thrown?["message"]}\nStack: {thrown?["stackTrace"]}");
        }

        var result = answer["returnValue"];
        return result?["json"] is { } json ? JsonConvert.DeserializeObject(json.Text(), Verbatim) : (string?)result?["string"];
    }

    private static JsonObject Data(object? argument) => argument switch
    {
        null => [],
        string text => new JsonObject { ["string"] = text },
        HttpInvocation => new JsonObject { ["http"] = new JsonObject() },
        TimerInfo timer => new JsonObject { ["json"] = JsonConvert.SerializeObject(timer) },
        ParameterBindingData data => new JsonObject
        {
            ["modelBindingData"] = new JsonObject
            {
                ["version"] = data.Version,
                ["source"] = data.Source,
                ["contentType"] = data.ContentType,
                ["content"] = Convert.ToBase64String(data.Content.ToArray()),
            },
        },
        _ => throw new NotSupportedException($"An argument of the type {argument.GetType()} has no form in the worker protocol here."),
    };
}
