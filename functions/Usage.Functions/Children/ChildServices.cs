using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Children;

internal static class ChildServices
{
    public static IServiceCollection AddChildren(this IServiceCollection services) => services
        .AddSingleton<Replays>().AddSingleton<Parents>().AddSingleton<ChildChains>().AddSingleton<ChildReadings>()
        .AddSingleton<ChildGroups>().AddSingleton<ChildPreviews>();
}
