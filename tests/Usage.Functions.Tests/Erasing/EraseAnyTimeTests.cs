using Usage.Core.Accounts;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Products;
using Usage.Functions.Tests.Durable;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Erasing;

/// <summary>
/// Imports, late files, the same ones again, fixes, replays and undos in any order, an erase among them: from then on all that can be
/// read equals a world in which the rows of the account had never been in a file.
/// </summary>
[Collection(EraseTestGroup.Name)]
public sealed class EraseAnyTimeTests(EraseHost host)
{
    private const int Steps = 9;

    private static readonly DateTimeOffset Begin = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc cref="PropertySeeds"/>
    public static TheoryData<int> Seeds => PropertySeeds.Of([373124, 671180], large: 12, full: 60);

    [SlowTheory, MemberData(nameof(Seeds))]
    public async Task Nothing_is_as_if_the_account_had_been_there(int seed)
    {
        var random = new Random(seed);
        var (aggregate, history) = (random.Next(2) == 0 ? Aggregate.Sum : Aggregate.Last, random.Next(3) > 0);
        var gone = $"gone-{Guid.NewGuid():N}"[..16];
        var erasedAt = random.Next(2, Steps - 1);
        var (isErased, done) = (false, new List<string>());
        var whole = new EraseWorld(host, await host.AddIntegrationAsync(history: history, aggregate: aggregate), null);
        var without = new EraseWorld(
            host, await host.AddIntegrationAsync(history: history, aggregate: aggregate), account => !isErased && IsGone(account));
        // Rows of it wait at first where it gets known later.
        var knownAt = random.Next(0, 2);
        for (var step = 0; step < Steps; step++)
        {
            if (step == knownAt)
                await host.Get<AccountStore>().WriteAsync(new Account { Id = new AccountId(gone), Name = gone }, null, default);
            if (step == erasedAt)
            {
                await ReplayOfGoneAsync();
                await host.EraseAsync(new AccountId(gone));
                isErased = true;
            }

            await StepAsync();
            if (!isErased) continue;
            var (expected, found) = (await without.ReadAsync(whole), await whole.ReadAsync(without));
            var when = $"seed {seed}, step {step}: {aggregate}, history {history}, erased at {erasedAt}, known at {knownAt}: "
                + string.Join("; ", done);
            Assert.True(expected.SequenceEqual(found), $"{when}\nonly expected\n  {string.Join("\n  ", expected.Except(found))}\n"
                + $"only found\n  {string.Join("\n  ", found.Except(expected))}");
        }

        bool IsGone(string account) => account == gone || account == $"alias-of-{gone}";

        async Task StepAsync()
        {
            var what = whole.Count == 0 ? 0 : random.Next(9);
            var of = random.Next(Math.Max(1, whole.Count));
            done.Add($"{what} of {of}");
            var isImport = whole.Count > 0 && whole.RunOf(of) is { } id && without.RunOf(of) is not null
                && (await host.Runs.GetAsync(id, default)).Run is { Kind: Core.Runs.RunKind.Import, UndoneBy.Count: 0 };
            if (isImport || what > 5) done[^1] += " run";
            if (what < 4 || (what < 6 && !isImport))
            {
                var (rows, arrival) = (Rows(), Begin.AddHours(random.Next(40)));
                await whole.ImportAsync(rows, arrival);
                await without.ImportAsync(rows, arrival);
            }
            else if (what == 4)
            {
                var rule = new MendRule("seats", $"bad{random.Next(2)}", $"{random.Next(10, 20)}");
                await whole.FixAsync(of, rule);
                await without.FixAsync(of, rule);
            }
            else if (what == 5)
            {
                await whole.ReplayAsync(of, "ghost", new AccountId("acme"));
                await without.ReplayAsync(of, "ghost", new AccountId("acme"));
            }
            else if (what == 8 && isImport)
            {
                await whole.AgainAsync(of);
                await without.AgainAsync(of);
            }
            else
            {
                await whole.UndoAsync(of);
                await without.UndoAsync(of);
            }
        }

        // Somebody says that a key is the account: its rows are erased too.
        async Task ReplayOfGoneAsync()
        {
            await host.Get<ResolutionStore>().PutAsync(new Resolution
            {
                Integration = whole.Id,
                By = MatchBy.AccountId,
                Key = $"alias-of-{gone}",
                Account = new AccountId(gone),
                Author = "ann",
                At = DateTimeOffset.UtcNow,
            }, default);
            for (var of = whole.Count - 1; of >= 0; of--)
            {
                if (whole.RunOf(of) is not { } id
                    || (await host.Runs.GetAsync(id, default)).Run is not { Kind: Core.Runs.RunKind.Import, UndoneBy.Count: 0 }) continue;
                await whole.ReplayAsync(of, $"alias-of-{gone}", new AccountId(gone));
                without.Pass();
            }
        }

        List<string> Rows()
        {
            var rows = new List<string> { "globex,2026-08-01,1" };
            for (var row = random.Next(3, 9); row > 0; row--)
            {
                var account = random.Next(6) switch { 0 => "acme", 1 => "globex", 2 => "ghost", 3 => $"alias-of-{gone}", _ => gone };
                // What a replay lets in is good: one that only finds other faults counts for nothing to those after it.
                var isBad = account != "ghost" && random.Next(3) == 0;
                var day = isBad && random.Next(3) == 0 ? "never" : $"2026-08-{random.Next(1, 4):00}";
                rows.Add($"{account},{day},{(isBad ? $"bad{random.Next(2)}" : random.Next(1, 9))}");
            }

            return [.. rows.OrderBy(_ => random.Next())];
        }
    }
}
