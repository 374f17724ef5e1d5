using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Runs;

internal static class RunServices
{
    public static IServiceCollection AddRuns(this IServiceCollection services) =>
        services.AddSingleton<RunList>().AddSingleton<RunUse>().AddSingleton<RunScheduler>().AddSingleton<FollowUps>()
            .AddSingleton<ProgressReporter>();
}
