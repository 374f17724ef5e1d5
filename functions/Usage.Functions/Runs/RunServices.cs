using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Runs.Rows;

namespace Usage.Functions.Runs;

internal static class RunServices
{
    public static IServiceCollection AddRuns(this IServiceCollection services) =>
        services
        .AddSingleton<RunList>().AddSingleton<MendedRuns>().AddSingleton<PinnedMappings>()
        .AddSingleton<RunUse>().AddSingleton<RunScheduler>().AddSingleton<FollowUps>()
        .AddSingleton<LargePreviews>().AddSingleton<PreviewLimits>()
        .AddSingleton<ProgressReporter>().AddSingleton<KeptRuns>().AddSingleton<RowSearch>().AddSingleton<RowPages>()
        .AddSingleton<StoredValues>().AddSingleton<IssueValues>();
}
