using Usage.Core.Issues;

namespace Usage.Functions.Changes.TakingBack;

internal static class TakingBackErrors
{
    public static RunError DetailsGone { get; } = new(
        "details-gone",
        "What the run wrote isn't kept any more (Usage__Upkeep__RunDetailDays says for how many days it is): nothing was undone.");
}
