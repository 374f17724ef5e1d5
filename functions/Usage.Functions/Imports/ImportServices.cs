using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Imports.Steps;
using Usage.Functions.Settings;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports;

internal static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SnapshotWriterOptions { TransactionsAtOnce = provider.GetRequiredService<UsageOptions>().TransactionsAtOnce });
        services.AddSingleton<ImportScheduler>().AddSingleton<Admission>().AddSingleton<Turns>().AddSingleton<LateDrops>();
        services.AddSingleton<RunProgressBook>().AddSingleton<RunFiles>();
        services.AddSingleton<PlanStep>().AddSingleton<ReadStep>().AddSingleton<DecideStep>().AddSingleton<MergeStep>();
        services.AddSingleton<GroupWriter>().AddSingleton<GroupComparer>();
        services.AddSingleton<FinishStep>().AddSingleton<EndStep>().AddSingleton<FailStep>().AddSingleton<RejectedFile>().AddSingleton<PointsStep>();
        return services;
    }
}
