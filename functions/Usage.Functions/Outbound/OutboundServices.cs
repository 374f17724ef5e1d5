using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Usage.Core.Outbound;
using Usage.Functions.Settings;

namespace Usage.Functions.Outbound;

public static class OutboundServices
{
    /// <summary>What pulls and notices share: HTTP that reaches public hosts only, and secrets.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services, IConfiguration configuration) => services
        .AddSection<OutboundOptions>(configuration, OutboundOptions.Section)
        .AddSingleton(provider => new AllowedHosts(provider.GetRequiredService<OutboundOptions>().AllowedHosts))
        .AddSingleton<SecretSettings>()
        .AddSingleton<IValidateOptions<OutboundOptions>>(provider => provider.GetRequiredService<SecretSettings>())
        .AddSingleton(provider => new OutboundRules(
            provider.GetRequiredService<AllowedHosts>(), provider.GetRequiredService<SecretSettings>().Scope))
        .AddSingleton<GuardedHttp>();
}
