using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Usage.Storage.Access;
using Usage.Storage.Accounts;
using Usage.Storage.Accounts.Importing;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Erasing;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Reading;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Imports.Writing;
using Usage.Storage.Integrations;
using Usage.Storage.Notices;
using Usage.Storage.Products;
using Usage.Storage.Pulls;
using Usage.Storage.Reports;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;
using Usage.Storage.Tables;
using Usage.Storage.Unmatched;
using Usage.Storage.Uploads;

namespace Usage.Storage.Setup;

public static class StorageServices
{
    /// <summary>
    /// All stores, on the storage account that the setting <c>AzureWebJobsStorage</c> names. There is one of each in the process, so that
    /// connections are shared.
    /// </summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The setting is missing or wrong.</exception>
    public static IServiceCollection AddUsageStorage(this IServiceCollection services, IConfiguration settings)
    {
        var connection = new StorageConnection(settings);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new TransactionOptions());
        services.AddSingleton(provider => connection.Tables(
            provider.GetRequiredService<IMeterFactory>(),
            new RequestWindow(provider.GetRequiredService<TransactionOptions>().AtOnce, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => connection.Blobs(provider.GetRequiredService<IMeterFactory>()));
        services.AddSingleton<UsageTables>().AddSingleton<UsageBlobs>().AddSingleton<StorageHealth>().AddHostedService<StorageStart>();
        return services.AddUsageStores();
    }

    /// <summary>All stores, on tables and containers that are registered already.</summary>
    public static IServiceCollection AddUsageStores(this IServiceCollection services) =>
        services
            .AddSingleton<ProductStore>().AddSingleton<ProductDates>()
            .AddSingleton<IntegrationStore>()
            .AddSingleton<AccountOrdinals>().AddSingleton<AccountStore>().AddSingleton<AccountImport>().AddSingleton<Roster>()
            .AddSingleton<PinnedRosters>().AddSingleton<AccountClosures>()
            .AddSingleton<RunStore>().AddSingleton<RunBlobs>().AddSingleton<QueuedRuns>().AddSingleton<RunCensus>().AddSingleton<OldRuns>()
            .AddSingleton<DropStore>().AddSingleton<SourceFiles>().AddSingleton<RunFiles>().AddSingleton<LateAttempts>()
            .AddSingleton<RejectedFile>()
            .AddSingleton<RowFiles>().AddSingleton<ErasedRowFiles>().AddSingleton<RunTexts>().AddSingleton<RowStretches>()
            .AddSingleton<ChildFiles>().AddSingleton<PreviewPlans>()
            .AddSingleton<BatchFiles>().AddSingleton<PartitionFiles>().AddSingleton<ReceiptStore>()
            .AddSingleton<SnapshotWriter>().AddSingleton<EmptySnapshots>().AddSingleton<SnapshotDateIndex>()
            .AddSingleton<ReportPointStore>().AddSingleton<DateCount>().AddSingleton<LoggedCount>().AddSingleton<ReportPoints>()
            .AddSingleton<AccountUsageReader>().AddSingleton<DateSnapshotReader>().AddSingleton<ProductColumns>()
            .AddSingleton<SegmentStore>()
            .AddSingleton<RunIdentifiers>().AddSingleton<WaitingRuns>().AddSingleton<UnmatchedIndex>().AddSingleton<UnmatchedReader>()
            .AddSingleton<ResolutionStore>()
            .AddSingleton<ErasedAccounts>().AddSingleton<AccountSnapshots>().AddSingleton<ErasedLogs>().AddSingleton<ErasedCopies>()
            .AddSingleton<ErasedPlans>()
            .AddSingleton<RunLogs>().AddSingleton<ProductTurns>().AddSingleton<DateWriters>().AddSingleton<UndoStore>()
            .AddSingleton<BlockHistories>().AddSingleton<UndoPlans>().AddSingleton<RemovalPlans>()
            .AddSingleton<KeyStore>().AddSingleton<AuditLog>()
            .AddSingleton<UploadFiles>().AddSingleton<UploadStore>()
            .AddSingleton<PullStore>().AddSingleton<OwedNotices>();
}
