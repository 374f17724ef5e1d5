using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Usage.Functions.Upkeep;

internal static class UpkeepServices
{
    public static IServiceCollection AddUpkeep(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<UpkeepOptions>()
            .Bind(configuration.GetSection(UpkeepOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<UpkeepOptions>>().Value);
        return services.AddSingleton<Standstill>();
    }
}
