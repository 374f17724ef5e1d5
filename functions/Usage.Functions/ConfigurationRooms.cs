using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Accounts;
using Usage.Functions.Integrations;
using Usage.Functions.Products;
using Usage.Functions.Reports;

namespace Usage.Functions;

/// <summary>The rooms of configuration and of reading usage.</summary>
internal static class ConfigurationRooms
{
    public static IServiceCollection AddProducts(this IServiceCollection services) => services.AddSingleton<ProductUse>();

    public static IServiceCollection AddIntegrations(this IServiceCollection services) =>
        services.AddSingleton<IntegrationCheck>().AddSingleton<MissingDimensions>();

    public static IServiceCollection AddAccounts(this IServiceCollection services) => services.AddSingleton<AccountUse>();

    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddSingleton<SegmentSearch>();
}
