using Usage.Core.Ids;
using Usage.Core.Products;

namespace Usage.Core.Suggestions.Reasons;

/// <param name="Column">Null: the file or the integration as a whole.</param>
public sealed record SuggestionReason(string? Column, string Reason);

public sealed record SuggestionWarning(string Code, string Message);

/// <summary>What a person has to decide, since the file leaves it open.</summary>
public sealed record SuggestionChoice(string What, IReadOnlyList<ChoiceOption> Options);

/// <param name="Value">What to declare.</param>
/// <param name="Makes">What comes of it.</param>
public sealed record ChoiceOption(string Value, string Makes);

public enum Confidence { Sure, Likely, Unsure }

/// <summary>What a column could be; the first of a column's is what is proposed.</summary>
public sealed record ColumnAlternative(string Target, Confidence Confidence, string Reason);

/// <summary>A product that is to be made first.</summary>
public sealed record ProposedProduct(
    ProductId Id, string Name, SnapshotPeriod SnapshotPeriod, IReadOnlyList<Dimension> Dimensions, string Why);
