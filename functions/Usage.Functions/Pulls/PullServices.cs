using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Settings;

namespace Usage.Functions.Pulls;

public static class PullServices
{
    public static IServiceCollection AddPulls(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<PullOptions>(configuration, PullOptions.Section);
        services.AddSingleton<IValidateOptions<PullOptions>, BlobSourceCheck>();
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration["AzureWebJobsStorage:clientId"] }));
        return services
            .AddSingleton(provider => provider.GetRequiredService<PullOptions>().GetBlobSources())
            .AddSingleton<BlobIdentity>().AddSingleton<DownloadClient>().AddSingleton<PullTargets>()
            .AddSingleton<PullStarter>().AddSingleton<FailedPulls>();
    }
}
