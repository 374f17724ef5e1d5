using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Usage.Storage.Imports;
using Usage.Storage.Snapshots;

namespace Usage.Storage.Runs;

internal static class RunServices
{
    public static void AddRunStorage(this IServiceCollection services)
    {
        services.AddSingleton<RunStore>().AddSingleton<RunBlobs>().AddSingleton<WaitingRuns>();
        services.AddSingleton<DropStore>().AddSingleton<ReceiptStore>().AddSingleton<UnmatchedStore>();
        services.TryAddSingleton(new SnapshotWriterOptions());
        services.AddSingleton<SnapshotWriter>().AddSingleton<SnapshotDateIndex>();
        services.AddSingleton<ReportPointStore>().AddSingleton<DateCount>().AddSingleton<ReportPoints>();
    }
}
