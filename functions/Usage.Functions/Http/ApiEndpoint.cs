using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;

namespace Usage.Functions.Http;

/// <summary>A function of HTTP as its trigger says, with the operation that is declared beside it.</summary>
internal sealed record ApiEndpoint(string Method, string Route, Operation Operation)
{
    private const BindingFlags Declared =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const string Prefix = "api/";

    /// <summary>All of the app, by their routes; the page's are among them.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } = Find();

    /// <summary>Those that the document describes.</summary>
    public static IEnumerable<ApiEndpoint> OfApi { get; } =
        All.Where(endpoint => endpoint.Route.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>Below <c>/api</c>.</summary>
    public string Path => Route[(Prefix.Length - 1)..];

    public bool IsAnonymous => Operation.Audience == Audience.Anonymous;

    /// <summary>Whether something is another thing after it.</summary>
    public bool Changes => Method != "get" && !Operation.ReadsOnly;

    /// <summary>The least role that may, as <c>x-role</c> and <c>neededRole</c> say it.</summary>
    public string Role => Operation.Droppers && Changes ? CoreJson.Word(Core.Access.Role.Dropper) : CoreJson.Word(Operation.Audience);

    /// <summary>What is edited can be compared with what was read: <c>If-Match</c> and <c>If-None-Match</c>.</summary>
    public bool HasPreconditions => Method is "put" or "patch" or "delete";

    /// <summary>Who has it already, by its tag, isn't sent it again.</summary>
    public bool IsConditional => Method == "get" && Operation.Tagged;

    /// <summary>What is always answered besides, by the method and for what the request carries.</summary>
    public IReadOnlyList<Reply> Replies
    {
        get
        {
            var all = Method == "delete" ? Operation with { Replies = [.. Operation.Replies, new Reply(204, "Done.")] } : Operation;
            if (IsConditional) all = all with { Replies = [.. all.Replies, new Reply(304, "It is what If-None-Match names.")] };
            if (HasPreconditions) all = all.Problem(412);
            if (Operation.Bodies.Count > 0) all = all.Problem(413);
            if (!IsAnonymous) all = all.Problem(401, 403, 429);
            if (!IsAnonymous && Route.Contains('{', StringComparison.Ordinal)) all = all.Problem(404);
            return all.Problem(400).Replies;
        }
    }

    private static List<ApiEndpoint> Find()
    {
        var types = typeof(ApiEndpoint).Assembly.GetTypes();
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
            select new ApiEndpoint(trigger.Methods![0], trigger.Route!, operations[function.Name]);
        return [.. endpoints];
    }
}
