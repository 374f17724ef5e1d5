using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Changes.Explaining;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Children;

namespace Usage.Functions.Changes;

internal static class ChangeServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services) => services
        .AddSingleton<UndoPreviews>().AddSingleton<UndoChecks>().AddSingleton<UndoneChildren>()
        .AddSingleton<Explanations>().AddSingleton<RowTexts>();
}
