using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Functions.Mending;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Unmatched;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Tests.Unmatched;

/// <summary>What is said of an identifier, however often its steps are taken and wherever they stop.</summary>
public sealed class ResolveTests(ImportHost host)
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 2, 3, 4, TimeSpan.Zero);

    private AccountStore Accounts => host.Get<AccountStore>();

    private ResolutionStore Resolutions => host.Get<ResolutionStore>();

    [Fact]
    public async Task Steps_taken_twice_do_what_once_would()
    {
        var integration = await host.AddIntegrationAsync();
        var run = await host.ImportAsync(await host.DropAsync(integration.Id.Value, "acme,2026-03-01,1\nx,2026-03-01,1\n"));
        var input = Input(integration, "x", $"{integration.Id}-new", create: true);
        var first = await WriteAsync(input);
        var made = await Accounts.GetAsync(input.Create!.Id, default);
        var again = await WriteAsync(input);

        Assert.Equal([run.Id], first.Runs);
        Assert.Equal(first.Runs, again.Runs);
        Assert.Empty(again.Refusals);
        Assert.Equal(made!.Ordinal, (await Accounts.GetAsync(input.Create.Id, default))!.Ordinal);
        Assert.Equal(input.Resolution, Assert.Single((await Resolutions.ReadAsync(integration.Id, default)).All));
    }

    [Fact]
    public async Task What_was_cut_short_after_the_account_was_made_goes_on_from_there()
    {
        var integration = await host.AddIntegrationAsync();
        var input = Input(integration, "x", $"{integration.Id}-new", create: true);
        await Accounts.WriteAsync(input.Create!, null, default);
        Assert.Empty((await WriteAsync(input)).Refusals);
        Assert.NotNull((await Resolutions.ReadAsync(integration.Id, default)).Find(MatchBy.AccountId, "X"));
    }

    [Fact]
    public async Task Account_that_somebody_else_made_meanwhile_is_left_alone()
    {
        var integration = await host.AddIntegrationAsync();
        var input = Input(integration, "x", $"{integration.Id}-new", create: true);
        await Accounts.WriteAsync(input.Create! with { By = "somebody else" }, null, default);
        Assert.Equal(["create.id"], (await WriteAsync(input)).Refusals.Select(error => error.Path));
        Assert.Empty((await Resolutions.ReadAsync(integration.Id, default)).All);
    }

    [Fact]
    public async Task Resolution_whose_account_was_deleted_meanwhile_is_taken_back()
    {
        var integration = await host.AddIntegrationAsync();
        Assert.Equal(["account"], (await WriteAsync(Input(integration, "x", "deleted-meanwhile"))).Refusals.Select(error => error.Path));
        Assert.Empty((await Resolutions.ReadAsync(integration.Id, default)).All);
    }

    [Fact]
    public async Task Step_that_comes_late_does_not_overrule_what_was_said_since()
    {
        var integration = await host.AddIntegrationAsync();
        var (early, late) = (Input(integration, "x", "acme"), Input(integration, "X", "globex", at: At.AddMinutes(1)));
        await WriteAsync(early);
        await WriteAsync(late);
        await WriteAsync(early);
        Assert.Equal("globex", Assert.Single((await Resolutions.ReadAsync(integration.Id, default)).All).Account?.Value);
    }

    [Fact]
    public async Task Many_who_resolve_at_once_lose_nothing()
    {
        var integration = await host.AddIntegrationAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => WriteAsync(Input(integration, $"k{i:D2}", "acme"))));
        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => $"k{i:D2}"),
            (await Resolutions.ReadAsync(integration.Id, default)).All.Select(one => one.Key));
    }

    [Fact]
    public async Task Orchestration_ends_with_what_was_written_where_nothing_waits()
    {
        var integration = await host.AddIntegrationAsync();
        var done = await host.Get<ResolveStarter>().StartAsync(host.Client, Input(integration, "x", "acme"), default);
        Assert.Equal((0, 0), (done.Replays.Count, done.Refusals.Count));
        Assert.NotNull((await Resolutions.ReadAsync(integration.Id, default)).Find(MatchBy.AccountId, "x"));
    }

    [Fact]
    public void Replay_has_the_same_id_however_often_it_is_asked_for_and_another_one_for_another_word()
    {
        var parent = new RunId("20260304T050607-aaaaaaaaaaaa");
        var said = Said(new IntegrationId("i"), "Key", "acme", At);
        Assert.Equal(Replays.IdOf(parent, said), Replays.IdOf(parent, said with { Key = " KEY" }));
        RunId[] others =
        [
            Replays.IdOf(parent, said with { Account = new AccountId("globex") }), Replays.IdOf(parent, said with { At = At.AddTicks(1) }),
            Replays.IdOf(parent, said with { By = MatchBy.Name }), Replays.IdOf(new RunId("20260304T050608-aaaaaaaaaaaa"), said),
        ];
        Assert.Equal(4, others.Except([Replays.IdOf(parent, said)]).Distinct().Count());
    }

    private Task<WriteResolution.Output> WriteAsync(ResolveIdentifier.Input input) => host.Get<WriteResolution>().RunAsync(
        new WriteResolution.Input(input.Resolution, input.Create), default);

    private static ResolveIdentifier.Input Input(
        Integration integration, string key, string account, bool create = false, DateTimeOffset? at = null) => new(
            Said(integration.Id, key, account, at ?? At),
            create ? new Account { Id = new AccountId(account), Name = "New", By = "a test", At = At } : null);

    private static Resolution Said(IntegrationId integration, string key, string account, DateTimeOffset at) => new()
    {
        Integration = integration,
        By = MatchBy.AccountId,
        Key = key,
        Account = new AccountId(account),
        Author = "a test",
        At = at,
    };
}
