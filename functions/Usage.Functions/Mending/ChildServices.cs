using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Children;

namespace Usage.Functions.Mending;

internal static class ChildServices
{
    public static IServiceCollection AddChildren(this IServiceCollection services) => services
        .AddSingleton<Replays>().AddSingleton<Fixes>().AddSingleton<Parents>().AddSingleton<ChildChains>().AddSingleton<ChildReadings>()
        .AddSingleton<ChildGroups>().AddSingleton<ChildDates>().AddSingleton<WaitingLists>()
        .AddSingleton<AnewFixes>().AddSingleton<MendedTexts>().AddSingleton<ChildPreviews>();
}
