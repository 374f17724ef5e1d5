using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Usage.Functions.Http;

namespace Usage.Functions.OpenApi;

/// <summary>A function of HTTP as its trigger says, with the operation that is declared beside it.</summary>
internal sealed record Endpoint(string Method, string Route, bool Anonymous, Operation Operation)
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All of the app, by their routes.</summary>
    public static IReadOnlyList<Endpoint> All { get; } = Find();

    /// <summary>What is edited can be compared with what was read: <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    public bool HasPreconditions => Method is "put" or "delete";

    /// <summary>What is always answered besides, by the method and for what the request carries.</summary>
    public IReadOnlyList<Reply> Replies
    {
        get
        {
            var all = Method == "delete" ? Operation with { Replies = [.. Operation.Replies, new Reply(204, "Done.")] } : Operation;
            if (HasPreconditions) all = all.Problem(412);
            if (Operation.Bodies.Count > 0) all = all.Problem(413);
            if (!Anonymous) all = all.Problem(401);
            if (!Anonymous && Route.Contains('{', StringComparison.Ordinal)) all = all.Problem(404);
            return all.Problem(400).Replies;
        }
    }

    private static List<Endpoint> Find()
    {
        var types = typeof(Endpoint).Assembly.GetTypes();
        var operations = types.SelectMany(type => type.GetFields(Declared).Where(field => field.IsStatic))
            .Where(field => field.FieldType == typeof(Operation))
            .Select(field => (Operation)field.GetValue(null)!)
            .ToDictionary(operation => operation.Id);
        var endpoints =
            from method in types.SelectMany(type => type.GetMethods(Declared))
            let function = method.GetCustomAttribute<FunctionAttribute>()
            where function is not null
            let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
                .FirstOrDefault(attribute => attribute is not null)
            where trigger is not null
            orderby trigger.Route, function.Name
            select new Endpoint(
                trigger.Methods!.Single(), trigger.Route!, trigger.AuthLevel == AuthorizationLevel.Anonymous, operations[function.Name]);
        return [.. endpoints];
    }
}
