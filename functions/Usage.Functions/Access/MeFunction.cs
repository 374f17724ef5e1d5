using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Functions.Settings;

namespace Usage.Functions.Access;

public sealed class MeFunction(UsageOptions options)
{
    /// <param name="Integrations">A dropper's; null: all.</param>
    /// <param name="TimeZone">Whose calendar dates files arrive on.</param>
    /// <param name="Limits">What a file may measure.</param>
    public sealed record Body(
        string Name, Role Role, IReadOnlyList<IntegrationId>? Integrations, SignInKind SignIn, string TimeZone, FileLimits Limits,
        string Version);

    private static readonly string Version =
        typeof(MeFunction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static readonly Operation GetMe = new Operation(nameof(GetMe), "Who asks, and what holds for them.", Audience.Any)
        .Answers<MeFunction.Body>("Me");

    [Function(nameof(GetMe))]
    public IActionResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/me")] HttpRequest http)
    {
        var request = new ApiRequest(http, GetMe);
        if (request.Problem is { } problem) return problem;
        var caller = request.Caller;
        return Answer.Ok(new Body(
            caller.Name, caller.Role, caller.Integrations, caller.SignIn, options.TimeZone, options.Limits, Version));
    }
}
