using Usage.Core.Integrations;

namespace Usage.Core.Suggestions;

/// <summary>What a sample of a file suggests: its columns, and an integration that would read it.</summary>
public sealed record Suggestion(IReadOnlyList<SuggestedColumn> Columns, Integration Integration, IReadOnlyList<SuggestionReason> Reasons);

/// <param name="Samples">The first few different cells that are not blank.</param>
public sealed record SuggestedColumn(string Name, ColumnType Type, IReadOnlyList<string> Samples);

/// <param name="Column">Null: the file or the integration as a whole.</param>
public sealed record SuggestionReason(string? Column, string Reason);

public enum ColumnType { Numeric, Text, Boolean, Date }
