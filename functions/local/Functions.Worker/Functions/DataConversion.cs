using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>From binding data, which is text, to a parameter, by the rules of the worker: JSON for all but a few types.</summary>
internal static class DataConversion
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="FunctionInputConverterException">The text doesn't say a value of that type.</exception>
    public static object? To(ParameterInfo parameter, object source)
    {
        var type = parameter.ParameterType;
        if (type.IsInstanceOfType(source)) return source;
        var text = Convert.ToString(source, CultureInfo.InvariantCulture)!;
        try
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            return type == typeof(string) ? text
                : type == typeof(byte[]) ? Encoding.UTF8.GetBytes(text)
                : type == typeof(Guid) ? Guid.Parse(text)
                : type == typeof(DateTime) ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
                : type == typeof(DateTimeOffset) ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
                : type == typeof(DateOnly) ? DateOnly.Parse(text, CultureInfo.InvariantCulture)
                : type == typeof(TimeOnly) ? TimeOnly.Parse(text, CultureInfo.InvariantCulture)
                : JsonSerializer.Deserialize(text, type, Json);
        }
        catch (Exception e) when (e is FormatException or JsonException or NotSupportedException)
        {
            throw new FunctionInputConverterException($"'{parameter.Name}': found \"{text}\", expected a {type.Name}.", e);
        }
    }
}
