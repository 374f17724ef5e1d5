using Usage.Core.Accounts;
using Usage.Core.Values.Columns;

namespace Usage.Core.Integrations;

/// <summary>One way to find a row's account: a column, and the kind of key that its cells hold.</summary>
public sealed record MatchRule
{
    public required MatchBy By { get; init; }

    public required ColumnNames Column { get; init; }
}
