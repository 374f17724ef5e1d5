using Usage.Core.Values;

namespace Usage.Storage.Snapshots;

/// <summary>Reads values as they are stored.</summary>
public static class StoredValues
{
    /// <returns>Null for what is no value of a dimension.</returns>
    public static UsageValue? ToValue(object? stored) => stored switch
    {
        double number => UsageValue.Of(number),
        string text => UsageValue.Of(text),
        bool boolean => UsageValue.Of(boolean),
        _ => null,
    };
}
