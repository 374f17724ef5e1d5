using System.Diagnostics.CodeAnalysis;

namespace Usage.Core.Ids;

/// <summary>An id as a type of its own: every instance but the default one holds a valid text.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>What a valid id looks like, for messages.</summary>
    static abstract string Rule { get; }

    string Value { get; }

    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}
