using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Access;

namespace Usage.Functions.Tests.Http;

internal static class ApiServices
{
    /// <summary>What functions of HTTP need beside the stores and what runs need.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton(new AccessOptions()).AddSingleton<WorkLimits>()
        .AddProducts().AddIntegrations().AddAccounts().AddReports();
}
