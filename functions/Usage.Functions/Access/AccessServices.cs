using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Settings;

namespace Usage.Functions.Access;

/// <summary>Who may do what.</summary>
internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        // Azure names its instances: there, somebody else can ask.
        var inAzure = !string.IsNullOrEmpty(configuration["WEBSITE_INSTANCE_ID"]);
        services.AddSection<AccessOptions>(configuration, AccessOptions.Section);
        services.AddOptions<AccessOptions>().Validate(
            options => !(options.Local && inAzure),
            "Usage__Access__Local: found true, expected false or nothing in Azure: everybody would be an admin there.");
        return services.AddSingleton<SignIn>().AddSingleton<KnownKeys>().AddSingleton<CallLimits>().AddSingleton<WorkLimits>()
            .AddSingleton<DropperScope>().AddSingleton<Audit>();
    }
}
