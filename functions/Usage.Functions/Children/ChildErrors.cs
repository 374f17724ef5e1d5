using Usage.Core.Ids;
using Usage.Core.Issues;

namespace Usage.Functions.Children;

internal static class ChildErrors
{
    public static RunError Undone(RunId root) =>
        new(IssueCode.ParentUndone, $"Run {root}, whose rows were to be taken, has been undone: nothing was recorded.");

    /// <param name="fix">That has recorded the file.</param>
    public static RunError Taken(RunId fix) => new(
        IssueCode.NothingRejected,
        $"The fix {fix} has taken the whole file meanwhile, and this one would record it once more: nothing was recorded. "
        + $"Mend the rows that are still rejected (POST /api/runs/{fix}/fixes), or undo {fix} first.");

    public static RunError DetailsGone(RunId root) => new(
        "details-gone",
        $"What run {root} read isn't kept any more (Usage__Upkeep__RunDetailDays says for how many days it is): nothing was recorded.");
}
