using Microsoft.Extensions.DependencyInjection;

namespace Usage.Functions.Uploads;

internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services.AddSingleton<OwnUploads>();
}
