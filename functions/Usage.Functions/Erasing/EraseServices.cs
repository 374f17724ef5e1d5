using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Erasing.Kept;

namespace Usage.Functions.Erasing;

internal static class EraseServices
{
    public static IServiceCollection AddErasing(this IServiceCollection services) =>
        services.AddSingleton<EraseStarter>().AddSingleton<EraseRemainders>()
            .AddSingleton<AccountRowSearch>().AddSingleton<RowRewriting>().AddSingleton<FileErasure>();
}
