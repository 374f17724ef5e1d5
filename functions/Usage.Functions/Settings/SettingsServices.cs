using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Usage.Functions.Settings;

public static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<UsageOptions>(configuration, UsageOptions.Section);
        services.AddOptions<UsageOptions>()
            .Configure(options => options.MaxDimensions = configuration.GetValue(
                $"{UsageOptions.Section}:Limits:{nameof(UsageOptions.MaxDimensions)}", options.MaxDimensions))
            .Validate(
                options => TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
                "Usage__TimeZone: expected the id of a time zone, such as UTC or Europe/Berlin.")
            .Validate(
                options => options.Limits is
                {
                    MaxFileBytes: > 0, MaxUnpackedBytes: > 0, MaxRows: > 0, MaxColumns: > 0, MaxCellBytes: > 0,
                    MaxWorkbookBytes: > 0, MaxSharedStringBytes: > 0 and <= 1 << 30,
                },
                "Usage__Limits: expected each limit to be above 0, and MaxSharedStringBytes at most 1073741824.");
        return services;
    }

    /// <summary>The settings of one room, validated by their annotations as the app starts.</summary>
    public static IServiceCollection AddSection<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class
    {
        var bound = new SettingsSection<T>(configuration, section);
        services.AddSingleton<IConfigureOptions<T>>(bound).AddSingleton<IValidateOptions<T>>(bound);
        services.AddOptions<T>().ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }
}
