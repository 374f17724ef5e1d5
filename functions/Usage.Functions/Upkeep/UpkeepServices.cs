using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Settings;

namespace Usage.Functions.Upkeep;

internal static class UpkeepServices
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSection<UpkeepOptions>(configuration, UpkeepOptions.Section).AddSingleton<Standstill>();
}
