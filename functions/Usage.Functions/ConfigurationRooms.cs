using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Accounts;
using Usage.Functions.Insights;
using Usage.Functions.Integrations;
using Usage.Functions.Products;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Integrations;
using Usage.Storage.Products;
using Usage.Storage.Reports;

namespace Usage.Functions;

/// <summary>The rooms of configuration and of reading usage.</summary>
internal static class ConfigurationRooms
{
    public static IServiceCollection AddProducts(this IServiceCollection services) =>
        services.AddSingleton<ProductStore>().AddSingleton<ProductDates>().AddSingleton<ProductUse>();

    public static IServiceCollection AddIntegrations(this IServiceCollection services) =>
        services.AddSingleton<IntegrationStore>().AddSingleton<IntegrationCheck>().AddSingleton<IntegrationWriter>();

    public static IServiceCollection AddAccounts(this IServiceCollection services) =>
        services.AddSingleton<AccountOrdinals>().AddSingleton<AccountStore>().AddSingleton<AccountImport>().AddSingleton<Roster>().AddSingleton<AccountUse>();

    public static IServiceCollection AddInsights(this IServiceCollection services) =>
        services.AddSingleton<AccountUsageReader>().AddSingleton<DateSnapshotReader>().AddSingleton<ProductColumns>().AddSingleton<SegmentStore>()
            .AddSingleton<SegmentSearch>().AddSingleton<UnmatchedReader>().AddSingleton<StorageHealth>();
}
