using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Usage.Core.Outbound;
using Usage.Functions.Exports.Downloads;
using Usage.Functions.Exports.Notices;
using Usage.Functions.Exports.Pulls;
using Usage.Functions.Settings;

namespace Usage.Functions.Exports;

/// <summary>The room that asks other machines: it pulls files, and tells when a run has ended.</summary>
public static class ExportRooms
{
    public static IServiceCollection AddExports(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton(provider => ExportOptions.From(settings, provider.GetRequiredService<UsageOptions>()));
        services.AddSingleton(new AllowedHosts(settings["Usage:Pulls:AllowedHosts"]));
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings["AzureWebJobsStorage:clientId"] }));
        services.AddSingleton<SecretSettings>().AddSingleton<GuardedHttp>().AddSingleton<BlobIdentity>();
        services.AddSingleton<ExportRequests>().AddSingleton<ExportDownload>().AddSingleton<PullTargets>();
        services.AddSingleton<PullStarter>().AddSingleton<FailedPulls>();
        return services.AddSingleton<NoticePost>().AddSingleton<NoticeSender>().AddSingleton<RunNotices>().AddHostedService<NoticePump>();
    }
}
