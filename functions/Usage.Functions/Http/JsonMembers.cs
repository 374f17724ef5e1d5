using System.Text.Json;
using Usage.Core;

namespace Usage.Functions.Http;

/// <summary>Answers that have the members of one thing and some besides.</summary>
internal static class JsonMembers
{
    /// <param name="more">What is in both has the value of this one.</param>
    public static IReadOnlyDictionary<string, JsonElement> Of<T, TMore>(T value, TMore more)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var part in new[] { Element(value), Element(more) })
            foreach (var member in part.EnumerateObject()) members[member.Name] = member.Value;
        return members;
    }

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, CoreJson.Options);
}
