using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>A function's route and methods, checked.</summary>
internal sealed record HttpRoute(FunctionDescriptor Function, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    /// <summary>The same for two templates that match the same paths.</summary>
    public string Shape { get; } = string.Join('/', Pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart p =>
            $"{{{(p.IsCatchAll ? "*" : "")}:{string.Join(':', p.ParameterPolicies.Select(c => c.Content).Order(StringComparer.Ordinal))}}}",
        _ => "",
    };
}

internal static class HttpRoutes
{
    private static readonly string[] DefaultMethods = ["GET", "POST"];

    /// <exception cref="StartupException">A template is wrong, or two functions want the same requests.</exception>
    public static IReadOnlyList<HttpRoute> Of(IEnumerable<FunctionDescriptor> functions, string prefix)
    {
        var routes = functions.Where(f => f.Trigger is HttpTriggerAttribute).Select(f => Parse(f, prefix)).ToList();
        for (var i = 0; i < routes.Count; i++)
        {
            for (var j = i + 1; j < routes.Count; j++)
            {
                var both = routes[i].Methods.Intersect(routes[j].Methods, StringComparer.Ordinal).ToList();
                if (both.Count == 0 || routes[i].Shape != routes[j].Shape) continue;
                throw new StartupException(
                    $"Functions '{routes[i].Function.Name}' and '{routes[j].Function.Name}' both answer {string.Join(", ", both)} " +
                    $"{routes[i].Pattern.RawText}: give one of them another route or other methods.");
            }
        }

        return routes;
    }

    /// <summary>Resolves the constraints now, which routing would do at the first request.</summary>
    public static void CheckConstraints(IEnumerable<HttpRoute> routes, ParameterPolicyFactory policies)
    {
        foreach (var route in routes)
        {
            foreach (var parameter in route.Pattern.Parameters)
            {
                try
                {
                    foreach (var policy in parameter.ParameterPolicies) policies.Create(parameter, policy);
                }
                catch (Exception e) when (e is InvalidOperationException or RouteCreationException)
                {
                    throw Wrong(route.Function, route.Pattern.RawText!, e);
                }
            }
        }
    }

    private static HttpRoute Parse(FunctionDescriptor function, string prefix)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        var template = $"{prefix}/{(trigger.Route ?? function.Name).TrimStart('/')}".Trim('/');
        var methods = trigger.Methods is { Length: > 0 } given
            ? given.Select(m => m.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToArray()
            : DefaultMethods;
        try
        {
            return new HttpRoute(function, RoutePatternFactory.Parse(template), methods);
        }
        catch (RoutePatternException e)
        {
            throw Wrong(function, template, e);
        }
    }

    private static StartupException Wrong(FunctionDescriptor function, string template, Exception e) =>
        new($"Function '{function.Name}': the route \"{template}\" can't be used: {e.Message}");
}
