using System.Text.Json.Nodes;
using Usage.Functions.Http;

namespace Usage.Functions.OpenApi;

/// <summary>How the document describes the parameters of routes, queries and headers.</summary>
internal static class Parameters
{
    public static JsonObject InPath(string name) => Describe(name, "path", Schema(Parameter.Of(name)), required: true);

    public static JsonObject InQuery(Operation operation, string name) =>
        Describe(name, "query", Schema(operation.Parameter(name)), operation.RequiredQuery.Contains(name));

    public static JsonObject InHeader(string name) => Describe(name, "header", Schema(Parameter.Text), required: false);

    private static JsonObject Schema(Parameter parameter) => parameter.Form switch
    {
        ParameterForm.Id => Schemas.OfId(parameter.Type!),
        ParameterForm.Date => new() { ["type"] = "string", ["format"] = "date" },
        ParameterForm.Time =>
            new() { ["type"] = "string", ["pattern"] = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{0,7})?)?(Z|[+-]\d{2}:\d{2})?)?$" },
        ParameterForm.Flag => new() { ["type"] = "boolean" },
        ParameterForm.OneOf => (JsonObject)Schemas.Of(parameter.Type!, answered: false),
        ParameterForm.AnyOf => AnyOf(parameter.Words!),
        ParameterForm.Number => Number(parameter),
        _ => Text(parameter.Words),
    };

    private static JsonObject AnyOf(IEnumerable<string> words)
    {
        var one = $"({string.Join('|', words)})";
        return new() { ["type"] = "string", ["pattern"] = $"^{one}(,{one})*$" };
    }

    private static JsonObject Number(Parameter parameter)
    {
        var described = new JsonObject { ["type"] = "integer", ["minimum"] = 1 };
        if (parameter.Max is { } max) described["maximum"] = max;
        if (parameter.Default is { } standard) described["default"] = standard;
        return described;
    }

    private static JsonObject Text(IReadOnlyList<string>? words)
    {
        var described = new JsonObject { ["type"] = "string" };
        if (words is not null) described["enum"] = new JsonArray([.. words]);
        return described;
    }

    private static JsonObject Describe(string name, string place, JsonObject schema, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = schema,
    };
}
