using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Usage.Functions.Http;

/// <summary>A part of a list; <see cref="Next"/> is the <c>after</c> of the part that follows, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Of all pages; only where it is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Count { get; init; }
}

/// <param name="Top">How many items, 1 to <see cref="MaxTop"/>.</param>
/// <param name="After">The key of the last item seen; null for the beginning.</param>
public readonly record struct PageRequest(int Top, string? After)
{
    public const int DefaultTop = 100;
    public const int MaxTop = 1000;

    /// <summary>The page of a list that is in memory, in the ordinal order of its keys.</summary>
    public Page<T> Of<T>(IEnumerable<T> ordered, Func<T, string> key)
    {
        var after = After;
        var rest = after is null ? ordered : ordered.SkipWhile(item => string.CompareOrdinal(key(item), after) <= 0);
        return Cut(rest.Take(Top + 1).ToList(), key);
    }

    /// <summary>The page of up to <see cref="Top"/> + 1 items: whether there is one more decides on <see cref="Page{T}.Next"/>.</summary>
    public Page<T> Cut<T>(List<T> items, Func<T, string> key)
    {
        if (items.Count <= Top) return new Page<T>(items, null);
        items.RemoveRange(Top, items.Count - Top);
        return new Page<T>(items, Cursor.Encode(key(items[^1])));
    }
}

/// <summary>Keys as callers see them in <c>next</c> and <c>after</c>: opaque, and safe in a URL.</summary>
public static class Cursor
{
    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    public static bool TryDecode(string cursor, [NotNullWhen(true)] out string? key)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(cursor.Length)];
        var decoded = Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) == OperationStatus.Done
            && length > 0 && Utf8.IsValid(bytes.AsSpan(0, length));
        key = decoded ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        return decoded;
    }
}
