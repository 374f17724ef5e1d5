using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Storage.Imports;
using Usage.Testing.Emulator;

namespace Usage.Storage.Tests.Imports;

[Collection(SharedStorage.Name)]
public sealed class ReceiptStoreTests(StorageFixture storage)
{
    private static readonly ProductId Product = new("platform");
    private static readonly (ProductId, DateOnly)[] Dates = [(Product, new DateOnly(2026, 9, 1)), (Product, new DateOnly(2026, 10, 1))];
    private static readonly FileContent Content = new("abc", 1);
    private static readonly RunId Older = new("20260101T000000-000000000001");
    private static readonly RunId Newer = new("20260201T000000-000000000002");
    private readonly ReceiptStore _receipts = new(storage.Tables);

    [Fact]
    public async Task Content_that_wrote_all_dates_last_is_a_duplicate_of_the_latest_of_those_runs()
    {
        var integration = new IntegrationId("dup-all");
        await _receipts.WriteAsync(integration, Newer, Content, RunStatus.Succeeded, [Dates[0]], default);
        await _receipts.WriteAsync(integration, Older, Content, RunStatus.Succeeded, [Dates[1]], default);

        Assert.True(await _receipts.KnowsAsync(integration, Content, default));
        Assert.Equal(Newer, await _receipts.DuplicateOfAsync(integration, Content, Dates, default));
        Assert.False(await _receipts.KnowsAsync(integration, Content with { Version = 2 }, default));
        Assert.Null(await _receipts.DuplicateOfAsync(integration, Content with { Version = 2 }, Dates, default));
    }

    [Fact]
    public async Task One_date_that_nobody_wrote_makes_it_count()
    {
        var integration = new IntegrationId("dup-some");
        await _receipts.WriteAsync(integration, Older, Content, RunStatus.Succeeded, [Dates[0]], default);

        Assert.Null(await _receipts.DuplicateOfAsync(integration, Content, Dates, default));
    }

    [Fact]
    public async Task Run_that_is_writing_or_did_not_wholly_succeed_makes_no_duplicates()
    {
        var integration = new IntegrationId("dup-running");
        await _receipts.WriteAsync(integration, Older, Content, RunStatus.Succeeded, Dates, default);
        await _receipts.WriteAsync(integration, Newer, Content, RunStatus.Running, Dates, default);

        Assert.False(await _receipts.KnowsAsync(integration, Content, default));
        Assert.Null(await _receipts.DuplicateOfAsync(integration, Content, Dates, default));
    }

    [Fact]
    public async Task File_that_would_write_nothing_is_no_duplicate() =>
        Assert.Null(await _receipts.DuplicateOfAsync(new IntegrationId("dup-none"), Content, [], default));

    [Fact]
    public async Task Claim_by_an_attempt_whose_run_ended_before_or_meanwhile_changes_nothing()
    {
        var integration = new IntegrationId("dup-late");
        await _receipts.WriteAsync(integration, Older, Content, RunStatus.Succeeded, [Dates[0]], default);

        Assert.False(await _receipts.ClaimAsync(integration, Newer, Content, Dates[0], () => Task.FromResult(true), default));
        Assert.Equal(Older, await _receipts.DuplicateOfAsync(integration, Content, [Dates[0]], default));

        // The run's end comes between the attempt's look at its record and its write.
        Assert.True(await _receipts.ClaimAsync(integration, Newer, Content, Dates[0], EndAsync, default));
        Assert.Equal(Newer, await _receipts.DuplicateOfAsync(integration, Content, [Dates[0]], default));

        async Task<bool> EndAsync()
        {
            await _receipts.WriteAsync(integration, Newer, Content, RunStatus.Succeeded, [Dates[0]], default);
            return false;
        }
    }

    [Fact]
    public async Task Claim_takes_a_date_from_the_run_before_and_is_made_once()
    {
        var integration = new IntegrationId("dup-claim");
        await _receipts.WriteAsync(integration, Older, Content, RunStatus.Succeeded, [Dates[0]], default);

        foreach (var date in Dates)
            for (var attempt = 0; attempt < 2; attempt++)
                Assert.True(await _receipts.ClaimAsync(integration, Newer, Content, date, () => Task.FromResult(false), default));

        Assert.Null(await _receipts.DuplicateOfAsync(integration, Content, [Dates[0]], default));
    }
}
