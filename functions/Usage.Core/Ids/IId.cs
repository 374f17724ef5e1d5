using System.Diagnostics.CodeAnalysis;

namespace Usage.Core.Ids;

/// <summary>An id wrapped once: whoever holds one knows that its text is valid.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>What a valid id looks like, for messages.</summary>
    static abstract string Rule { get; }

    string Value { get; }

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}
