using System.Text.Json;
using Usage.Core;

namespace Usage.Functions.Http.Callers;

/// <summary>What a request does, for the audit: filled in by whoever does it.</summary>
public sealed class AuditTrail(DateTimeOffset at)
{
    /// <summary>When it is done, for whatever is stored.</summary>
    public DateTimeOffset At => at;

    /// <summary>What was there before a change.</summary>
    public JsonElement? Before { get; private set; }

    public JsonElement? After { get; private set; }

    /// <summary>Rows of a file are in the answer, as they came.</summary>
    public bool HasRawRows { get; private set; }

    /// <summary>What the entry is about, where its path says what is to be known no longer; null: the path.</summary>
    public string? Resource { get; set; }

    public void Changes<T>(T? before, T? after)
        where T : class => (Before, After) = (Element(before), Element(after));

    public void ShowsRawRows() => HasRawRows = true;

    private static JsonElement? Element<T>(T? value)
        where T : class => value is null ? null : JsonSerializer.SerializeToElement(value, CoreJson.Options);
}
