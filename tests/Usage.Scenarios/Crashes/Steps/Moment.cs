using Usage.Testing.Proxy;

namespace Usage.Scenarios.Crashes.Steps;

/// <summary>
/// A moment at which the app dies: as it sends its n-th request of a kind, or as the service has answered it and the app doesn't know yet.
/// If that kind doesn't come any more, it is another request.
/// </summary>
/// <param name="latest">The request, of any kind, that it is at the latest.</param>
internal sealed class Moment(string name, Func<StorageRequest, bool> isIt, int n, bool after, int latest)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;
    private int _ofAny;
    private int _struck;
    private bool _late;

    public Task Reached => _reached.Task;

    /// <summary>The instance that sent the request.</summary>
    public int Sender { get; private set; }

    public Fault Choose(StorageRequest request)
    {
        if (request.IsOfHost || request.IsStart) return Fault.None;
        var isIt = IsIt(request);
        if (!isIt && Interlocked.Increment(ref _ofAny) < latest || Interlocked.Exchange(ref _struck, 1) != 0) return Fault.None;
        (_late, Sender) = (!isIt, request.Sender);
        return new Fault(after ? FaultKind.HangAfter : FaultKind.HangBefore) { Reached = () => _reached.TrySetResult() };
    }

    public override string ToString() => $"{(after ? "after" : "before")} {name} {n}{(_late ? $", which {latest} requests weren't" : "")}";

    private bool IsIt(StorageRequest request) => isIt(request) && Interlocked.Increment(ref _seen) == n;

    /// <summary>Some of the steps of a way, in its order, and others at any request; so many in all.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="steps">Of the way, in its order.</param>
    /// <param name="count">How many moments.</param>
    /// <param name="requests">That the way sends when nothing disturbs it.</param>
    public static List<Moment> Choose(Random random, IReadOnlyList<Step> steps, int count, int requests)
    {
        // Early enough that the last of them still comes: what was done before a kill isn't asked for again.
        var (anywhere, latest) = (Math.Max(1, count / 4), Math.Max(2, requests / count / 2));
        var chosen = steps.Select((step, order) => (step, order)).OrderBy(_ => random.Next()).Take(count - anywhere)
            .OrderBy(pair => pair.order)
            .Select(
                pair =>
                    new Moment($"{pair.step.Method} {pair.step.Name}", request => request.Method == pair.step.Method
                        && request.IsAbout(pair.step.Name), random.Next(1, pair.step.Most + 1), random.Next(2) == 0, latest))
            .ToList();
        for (var i = 0; chosen.Count < count && i < count; i++)
            chosen.Insert(random.Next(chosen.Count), new Moment("request", _ => true, random.Next(1, latest), random.Next(2) == 0, latest));
        return chosen;
    }
}
