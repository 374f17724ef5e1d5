namespace Usage.Benchmarks.Scale;

/// <summary>Fills at a rate, holds so much at most, and gives all that is asked for or nothing. Not safe for several threads.</summary>
/// <param name="perSecond">What flows in.</param>
/// <param name="holds">What it holds when it is full, as it is at first.</param>
internal sealed class TokenBucket(double perSecond, double holds)
{
    private readonly double _holds = holds;
    private double _level = holds;
    private TimeSpan _at;

    /// <param name="count">Of tokens.</param>
    /// <param name="now">Never before an earlier call's.</param>
    public bool Holds(double count, TimeSpan now)
    {
        _level = Math.Min(_holds, _level + (now - _at).TotalSeconds * perSecond);
        _at = now;
        return _level >= count;
    }

    public void Take(double count) => _level -= count;
}
