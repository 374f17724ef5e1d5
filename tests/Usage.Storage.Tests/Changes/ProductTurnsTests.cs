using Usage.Core.Ids;
using Usage.Storage.Changes;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Changes;

[Collection(SharedStorage.Name)]
public sealed class ProductTurnsTests(StorageFixture storage)
{
    private readonly ProductTurns _turns = new(storage.Tables);
    private readonly ProductId _product = new(storage.Unique("turns"));

    [Fact]
    public async Task One_run_at_a_time_has_the_turn_and_keeps_it_when_it_asks_again()
    {
        var (one, other) = (Run(1), Run(2));
        Assert.Equal(1, await TakeAsync(one));
        Assert.Null(await TakeAsync(other));
        Assert.Equal(1, await TakeAsync(one));

        await _turns.GiveBackAsync(one, default);

        Assert.Equal(2, await TakeAsync(other));
        // It has nothing to give back any more.
        await _turns.GiveBackAsync(one, default);
        Assert.Equal(2, await TakeAsync(other));
    }

    [Fact]
    public async Task The_turn_of_a_run_that_ended_without_giving_it_back_is_taken()
    {
        await TakeAsync(Run(1));

        Assert.Equal(2, await _turns.TryTakeAsync(_product, Run(2), (_, _) => Task.FromResult(true), default));
    }

    [Fact]
    public async Task Of_many_that_ask_at_once_one_has_it()
    {
        var asked = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => TakeAsync(Run(i))));

        Assert.Equal(1, Assert.Single(asked, number => number is not null));
    }

    private Task<long?> TakeAsync(RunId run) => _turns.TryTakeAsync(_product, run, (_, _) => Task.FromResult(false), default);

    private RunId Run(int number) => RunIdText.ForDrop(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), _product.Value, $"{number}");
}
