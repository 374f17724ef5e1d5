using Usage.Storage.Tables;

namespace Usage.Storage.Tests.Tables;

/// <summary>As many requests at once as a service makes use of, on a clock that only the tests move.</summary>
public sealed class RequestWindowTests
{
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(50);

    private readonly Clock _clock = new();

    [Fact]
    public async Task Window_grows_to_its_most_where_answers_take_no_longer_for_it()
    {
        var window = new RequestWindow(32, _clock);
        for (var round = 0; round < 40; round++) await RoundAsync(window, _ => Answer);
        Assert.Equal(32, await SizeAsync(window));
    }

    /// <summary>A service that does one thing after the other answers the later the more it is asked.</summary>
    [Fact]
    public async Task Window_stays_small_where_requests_only_wait_for_each_other()
    {
        var window = new RequestWindow(32, _clock);
        for (var round = 0; round < 200; round++) await RoundAsync(window, under => under * Answer);
        Assert.InRange(await SizeAsync(window), 4, 8);
    }

    [Fact]
    public async Task Requests_that_were_put_off_together_make_it_smaller_once()
    {
        var window = new RequestWindow(32, _clock);
        for (var round = 0; round < 40; round++) await RoundAsync(window, _ => Answer);

        await RoundAsync(window, _ => Answer, ServiceAnswer.PutOff);

        Assert.Equal(27, await SizeAsync(window));
        // One a second from now on, not one a round.
        for (var round = 0; round < 20; round++) await RoundAsync(window, _ => Answer);
        Assert.InRange(await SizeAsync(window), 27, 28);
    }

    [Fact]
    public async Task Service_that_takes_nothing_is_asked_for_one_thing_at_a_time()
    {
        var window = new RequestWindow(32, _clock);
        for (var round = 0; round < 50; round++) await RoundAsync(window, _ => Answer, ServiceAnswer.PutOff);
        Assert.Equal(1, await SizeAsync(window));
    }

    [Fact]
    public async Task No_more_are_let_in_than_its_size_and_who_gives_up_takes_nobodys_place()
    {
        var window = new RequestWindow(2, _clock);
        var (first, _) = (await window.EnterAsync(default), await window.EnterAsync(default));
        using var patience = new CancellationTokenSource();
        var (given, waiting) = (window.EnterAsync(patience.Token).AsTask(), window.EnterAsync(default).AsTask());
        Assert.False(given.IsCompleted || waiting.IsCompleted);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.False(waiting.IsCompleted);
        // Nobody knows what became of it.
        window.Leave(first, answer: null);

        await waiting;
    }

    /// <summary>As many requests as it lets in at once, and their answers.</summary>
    /// <param name="takes">How long an answer takes, by the number of requests.</param>
    private async Task RoundAsync(RequestWindow window, Func<int, TimeSpan> takes, ServiceAnswer answer = ServiceAnswer.Done)
    {
        var entered = new List<long>();
        for (var size = await SizeAsync(window); entered.Count < size;) entered.Add(await window.EnterAsync(default));
        _clock.Advance(takes(entered.Count));
        foreach (var one in entered) window.Leave(one, answer);
    }

    /// <summary>How many it lets in before one has to wait.</summary>
    private static async Task<int> SizeAsync(RequestWindow window)
    {
        var (entered, next) = (new List<long>(), window.EnterAsync(default).AsTask());
        for (; next.IsCompleted; next = window.EnterAsync(default).AsTask()) entered.Add(await next);
        foreach (var one in entered) window.Leave(one, answer: null);
        window.Leave(await next, answer: null);
        return entered.Count;
    }

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
