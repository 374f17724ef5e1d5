using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.TestRuns;

internal static class TestRunServices
{
    public static IServiceCollection AddTestRuns(this IServiceCollection services) =>
        services.AddSingleton<TestRunStarter>().AddSingleton<DraftReader>();
}
