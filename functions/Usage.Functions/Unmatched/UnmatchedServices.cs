using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Unmatched;

internal static class UnmatchedServices
{
    public static IServiceCollection AddUnmatched(this IServiceCollection services) => services
        .AddSingleton<ResolutionCheck>().AddSingleton<ResolveStarter>().AddSingleton<ResolvePreviews>().AddSingleton<UnmatchedList>();
}
