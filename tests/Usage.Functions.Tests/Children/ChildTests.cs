using System.Globalization;
using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Children;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Children;
using Usage.Functions.Runs;
using Usage.Functions.Tests.Imports;
using Usage.Storage.Changes;
using Usage.Storage.Children;

namespace Usage.Functions.Tests.Children;

/// <summary>
/// After any replays, fixes and undos of them there is what one import of the mended file gives: another product gets that file, by an
/// integration that is the same otherwise.
/// </summary>
public sealed class ChildTests(ImportHost host)
{
    private const int Steps = 8;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 6).Select(_ => Random.Shared.Next(1, 1_000_000))];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Children_leave_what_the_mended_file_gives(int seed)
    {
        var random = new Random(seed);
        var (mode, aggregate, history) = (
            (ErrorMode)random.Next(3), random.Next(2) == 0 ? Aggregate.Sum : Aggregate.Last, random.Next(4) != 0);
        var onError = new ErrorPolicy { Mode = mode };
        var (mended, twin) = (await host.AddIntegrationAsync(onError, history, aggregate), await host.AddIntegrationAsync(onError, history, aggregate));
        var file = new MendableFile(random);
        var drop = await host.DropAsync(mended.Id.Value, file.Text([]), force: true);
        var parent = await host.ImportAsync(drop);
        var (done, gone) = (new List<(RunId Run, MendableFile.Mend Mend)>(), new List<RunId>());
        for (var step = 0; step < Steps; step++)
        {
            if (done.Count > 0 && random.Next(4) == 0)
            {
                var undone = random.Next(done.Count);
                var plan = await PlanUndoAsync(done[undone].Run);
                await UndoAsync(plan);
                done.RemoveAll(child => plan.Roots().Contains(child.Run));
            }
            else
            {
                var mend = file.Next(random);
                var child = await MendAsync(parent, mended.Id, mend);
                Assert.True(child.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded or RunStatus.Failed, $"{child.Error?.Message}");
                if ((await host.Get<RunLogs>().FindIndexAsync(child.Id, default))?.Pieces.Count > 0) done.Add((child.Id, mend));
            }

            await EqualsAsync($"seed {seed}, step {step}: {mode} {aggregate} history {history}\n{file.Text([])}\n{string.Join("\n", done.Select(one => one.Mend))}");
        }

        async Task EqualsAsync(string when)
        {
            await ClearAsync(twin.Id);
            var reference = await host.ImportAsync(await host.DropAsync(
                twin.Id.Value, file.Text([.. done.Select(one => one.Mend)]), name: $"{Guid.NewGuid():N}.csv", force: true));
            var expected = reference.Status == RunStatus.Failed ? [] : (await host.StoredAsync(twin)).Select(Line).ToList();
            var found = (await host.StoredAsync(mended)).Select(Line).ToList();
            Assert.True(expected.SequenceEqual(found), $"{when}\nexpected {string.Join("; ", expected)}\nfound {string.Join("; ", found)}");
        }
    }

    private static string Line(string stored) => stored;

    private async Task<Run> MendAsync(Run parent, IntegrationId integration, MendableFile.Mend mend)
    {
        var stored = await host.Runs.GetAsync(parent.Id, default);
        if (mend.Key is { } key)
            return await host.EndOfAsync(await host.Get<Replays>().StartAsync(host.Client, parent.Id, new Resolution
            {
                Integration = integration,
                By = MatchBy.AccountId,
                Key = key,
                Account = new AccountId(mend.Becomes),
                Author = "ann",
                At = DateTimeOffset.UtcNow,
            }, "ann", default));
        var mends = mend.Row is { } row
            ? new Mends { Rows = [new MendedRow(row, new Dictionary<string, string> { [mend.Column] = mend.Becomes })] }
            : new Mends { Rules = [new MendRule(mend.Column, mend.Found, mend.Becomes)] };
        return await host.EndOfAsync(await host.Get<FollowUps>().StartAsync(
            host.Client, new(RunKind.Fix, "ann", integration, parent.Version) { Parent = stored, ReadsParent = true },
            (child, cancellationToken) => host.Get<ChildFiles>().AddPlanAsync(
                child, new ChildPlan(parent.Id) { Mends = mends }, cancellationToken), default));
    }

    private async Task<UndoPlan> PlanUndoAsync(RunId target)
    {
        var run = (await host.Runs.GetAsync(target, default)).Run;
        var following = await host.Get<UndoneChildren>().FollowAsync(run, ChangeScope.All, default);
        return (await host.Get<UndoPlans>().MakeAsync(target, ChangeScope.All, following, default))!;
    }

    private async Task UndoAsync(UndoPlan plan)
    {
        var target = await host.Runs.GetAsync(plan.Target, default);
        var undo = await host.EndOfAsync(await host.Get<FollowUps>().StartAsync(
            host.Client, new(RunKind.Undo, "ann", target.Run.Integration!.Value, 1) { Parent = target },
            (run, cancellationToken) => host.Get<UndoPlans>().AddAsync(run, plan, cancellationToken), default));
        Assert.Equal(RunStatus.Succeeded, undo.Status);
    }

    /// <summary>Undoes all that was imported into the twin.</summary>
    private async Task ClearAsync(IntegrationId twin)
    {
        foreach (var run in await host.Runs.ListAsync(new Storage.Runs.RunFilter(RunKind.Import, twin), 100, null, default))
            if (run.UndoneBy.Count == 0 && (await host.Get<RunLogs>().FindIndexAsync(run.Id, default))?.Pieces.Count > 0)
                await UndoAsync(await PlanUndoAsync(run.Id));
    }
}

/// <summary>A file with rows of unknown accounts and with cells that are no numbers, and what may be mended of it.</summary>
internal sealed class MendableFile
{
    private readonly List<(string Account, int Day, string Seats)> _rows = [];

    public MendableFile(Random random)
    {
        for (var row = 0; row < 12; row++)
            _rows.Add((
                random.Next(3) switch { 0 => $"ghost-{random.Next(2)}", 1 => "acme", _ => "globex" }, random.Next(1, 3),
                random.Next(3) == 0 ? $"bad{random.Next(2)}" : random.Next(1, 9).ToString(CultureInfo.InvariantCulture)));
    }

    /// <param name="Key">An account that gets known; null: a cell is mended.</param>
    /// <param name="Row">Null: in all rejected rows.</param>
    public sealed record Mend(string? Key, long? Row, string Column, string Found, string Becomes);

    public Mend Next(Random random)
    {
        var account = random.Next(2) == 0 ? "acme" : "globex";
        switch (random.Next(4))
        {
            case 0: return new Mend($"ghost-{random.Next(2)}", null, "account", "", account);
            case 1: return new Mend(null, null, "seats", $"bad{random.Next(2)}", $"{random.Next(10, 20)}");
            case 2: return new Mend(null, null, "account", $"ghost-{random.Next(2)}", account);
            default:
                var column = random.Next(2) == 0 ? "account" : "seats";
                return new Mend(null, random.Next(1, _rows.Count + 1), column, "", column == "account" ? account : $"{random.Next(20, 30)}");
        }
    }

    /// <summary>The rows with what is mended of those that were rejected before.</summary>
    public string Text(IReadOnlyList<Mend> mends)
    {
        var text = new StringBuilder();
        for (var row = 0; row < _rows.Count; row++)
        {
            var (account, day, seats) = _rows[row];
            foreach (var mend in mends)
            {
                var (known, good) = (!account.StartsWith("ghost", StringComparison.Ordinal), !seats.StartsWith("bad", StringComparison.Ordinal));
                if (known && good) break;
                if (mend.Key is { } key) account = account == key ? mend.Becomes : account;
                else if (mend.Row is { } number && number != row + 1) continue;
                else if (mend.Column == "account") account = mend.Row is not null || account == mend.Found ? mend.Becomes : account;
                else seats = mend.Row is not null || seats == mend.Found ? mend.Becomes : seats;
            }

            text.Append(CultureInfo.InvariantCulture, $"{account},2026-08-{day:00},{seats}\n");
        }

        return text.ToString();
    }
}
