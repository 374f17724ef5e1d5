using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Erasing;

internal static class EraseServices
{
    public static IServiceCollection AddErasing(this IServiceCollection services) =>
        services.AddSingleton<EraseStarter>().AddSingleton<EraseRemainders>()
            .AddSingleton<AccountRowSearch>().AddSingleton<RowRewriting>().AddSingleton<FileErasure>();
}
