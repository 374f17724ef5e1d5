using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Usage.Functions.Settings;

/// <summary>The settings of one room, bound and held against their annotations; what can't be is told by the setting's name.</summary>
internal sealed class SettingsSection<T>(IConfiguration configuration, string path) : IConfigureOptions<T>, IValidateOptions<T>
    where T : class
{
    public void Configure(T options)
    {
        List<string> unreadable = [.. Unreadable(typeof(T), path)];
        if (unreadable.Count > 0) throw new OptionsValidationException(path, typeof(T), unreadable);
        configuration.GetSection(path).Bind(options);
    }

    public ValidateOptionsResult Validate(string? name, T options)
    {
        List<string> problems =
        [
            .. from property in typeof(T).GetProperties()
               from rule in property.GetCustomAttributes<ValidationAttribute>()
               let value = property.GetValue(options)
               where !rule.IsValid(value)
               select Sentence(rule, Name(path, property), value),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Numbers and switches whose text is none; the binder would throw on the first, in words of its own.</summary>
    private IEnumerable<string> Unreadable(Type type, string within) =>
        from property in type.GetProperties().Where(property => property.CanWrite && property.PropertyType != typeof(string))
        let name = Name(within, property)
        let converter = TypeDescriptor.GetConverter(property.PropertyType)
        from problem in converter.CanConvertFrom(typeof(string))
            ? configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } text && !IsOne(converter, text)
                ? [$"{name}: found \"{text}\", expected {(property.PropertyType == typeof(bool) ? "true or false" : "a number")}."] : []
            : Unreadable(property.PropertyType, name.Replace("__", ":", StringComparison.Ordinal))
        select problem;

    private static bool IsOne(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception none) when (none is ArgumentException or FormatException)
        {
            return false;
        }
    }

    private static string Sentence(ValidationAttribute rule, string setting, object? value) => rule switch
    {
        RangeAttribute range => FormattableString.Invariant($"{setting}: found {value}, expected {range.Minimum} to {range.Maximum}."),
        RequiredAttribute => $"{setting}: found nothing, expected a value.",
        _ => rule.ErrorMessage!,
    };

    private static string Name(string within, PropertyInfo property) =>
        $"{within}:{property.GetCustomAttribute<DisplayAttribute>()?.Name ?? property.Name}".Replace(":", "__", StringComparison.Ordinal);
}
