namespace Usage.Testing.Proxy;

/// <summary>Spoils one request in so many, each way as often as another.</summary>
public sealed class RandomFaults(int seed, int oneIn)
{
    private static readonly int[] Statuses = [429, 500, 503];
    private static readonly FaultKind[] Kinds =
        [FaultKind.Refuse, FaultKind.Reset, FaultKind.LoseAnswer, FaultKind.BelieAnswer, FaultKind.Twice, FaultKind.None];
    private readonly Random _random = new(seed);
    private readonly Dictionary<FaultKind, int> _done = [];

    public int Count => _done.Values.Sum();

    public Fault Choose(StorageRequest request)
    {
        // One after the other, so that a seed means the same faults as long as requests come in the same order.
        lock (_random)
        {
            if (request.IsOfHost || _random.Next(oneIn) != 0) return Fault.None;
            var kind = Kinds[_random.Next(Kinds.Length)];
            _done[kind] = _done.GetValueOrDefault(kind) + 1;
            return new Fault(kind)
            {
                Status = Statuses[_random.Next(Statuses.Length)],
                Delay = TimeSpan.FromMilliseconds(_random.Next(kind == FaultKind.None ? 400 : 10))
            };
        }
    }

    public override string ToString() =>
        $"seed {seed}: " + string.Join(
            ", ", _done.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {(pair.Key == FaultKind.None ? "delayed" : pair.Key)}"));
}
