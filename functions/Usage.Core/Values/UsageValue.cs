using System.Text.Json.Serialization;
using static System.FormattableString;

namespace Usage.Core.Values;

/// <summary>What a dimension's values are: stored as Edm.Double, Edm.String, Edm.Boolean.</summary>
public enum DataType { Numeric, Text, Boolean }

/// <summary>One value of one dimension, typed. In JSON it is the plain number, text or boolean.</summary>
[JsonConverter(typeof(UsageValueJsonConverter))]
public readonly record struct UsageValue
{
    private UsageValue(DataType type, double number, string? text)
    {
        Type = type;
        Number = number;
        Text = text;
    }

    public DataType Type { get; }

    /// <summary>The number of a numeric value; 1 or 0 for a boolean, 0 for a text.</summary>
    public double Number { get; }

    /// <summary>Null unless the value is a text.</summary>
    public string? Text { get; }

    public bool Boolean => Type == DataType.Boolean && Number != 0;

    public static UsageValue Of(double number) => new(DataType.Numeric, number, null);

    public static UsageValue Of(string text) => new(DataType.Text, 0, text);

    public static UsageValue Of(bool boolean) => new(DataType.Boolean, boolean ? 1 : 0, null);

    /// <summary>As tables hold it: a boxed double, string or bool.</summary>
    public object ToObject() => Type switch
    {
        DataType.Numeric => Number,
        DataType.Boolean => Boolean,
        _ => Text ?? "",
    };

    public override string ToString() => Invariant($"{ToObject()}");
}
