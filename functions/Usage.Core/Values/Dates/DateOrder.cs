using Usage.Core.Issues;

namespace Usage.Core.Values.Dates;

/// <summary>What a whole column proves about its numeric dates with the year last.</summary>
public enum DateOrder { None, DayFirst, MonthFirst }

/// <summary>The order of a column's dates, or why the run fails: then <see cref="Error"/> and <see cref="Issue"/> are both there.</summary>
public sealed record DateOrderVerdict
{
    public required DateOrder Order { get; init; }

    public RunError? Error { get; init; }

    /// <summary>Names the rows.</summary>
    public RunIssue? Issue { get; init; }
}
