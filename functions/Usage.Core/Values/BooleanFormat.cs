namespace Usage.Core.Values;

/// <summary>The words of one mapped boolean column, in any case; others are no booleans then.</summary>
public sealed record BooleanFormat
{
    public IReadOnlyList<string> True { get; init; } = [];

    public IReadOnlyList<string> False { get; init; } = [];
}
