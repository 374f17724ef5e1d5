namespace Usage.Core.Runs;

/// <summary>
/// Values that a run makes, changes, finds as they are, or takes away. They add up to the run's values; one that is to be taken away
/// where nothing is stored is unchanged.
/// </summary>
public sealed record ChangeCounts(long New, long Changed, long Unchanged, long Removed)
{
    public static ChangeCounts None { get; } = new(0, 0, 0, 0);

    public static ChangeCounts operator +(ChangeCounts a, ChangeCounts b) =>
        new(a.New + b.New, a.Changed + b.Changed, a.Unchanged + b.Unchanged, a.Removed + b.Removed);
}
