using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Runs;
using Usage.Functions.Tests.Changes;

namespace Usage.Functions.Tests.Children.World;

/// <summary>What the rules of children say, on top of those of changes.</summary>
internal sealed class WorldReference
{
    /// <summary>An import, and what followed from it in the order of the turns.</summary>
    public sealed record Root(RunId Run, WorldFile File, string Place, bool Wrote)
    {
        public List<Child> Children { get; } = [];
    }

    /// <param name="Touched">The accounts that it wrote.</param>
    /// <param name="Done">It went its whole way, so that its mends count for later ones.</param>
    /// <param name="Wrote">Something.</param>
    public sealed record Child(RunId Run, WorldMend Mend, IReadOnlySet<AccountId> Touched, bool Done, bool Wrote);

    /// <param name="Own">The rows that it is about, as they are then.</param>
    /// <param name="State">All rows, as they are then.</param>
    /// <param name="Fails">Nothing of it is recorded.</param>
    /// <param name="Given">What it writes.</param>
    /// <param name="TakenBack">What others wrote and it takes back.</param>
    public sealed record Outcome(
        IReadOnlyList<WorldRow> Own, IReadOnlyList<WorldRow> State, IReadOnlySet<AccountId> Touched, bool Fails,
        IReadOnlyDictionary<ReferenceLog.Cell, double> Given, IReadOnlyList<ReferenceLog.Cell> TakenBack);

    public ReferenceLog Log { get; } = new();

    public List<Root> Roots { get; } = [];

    /// <summary>The replays and fixes that count, in the order of their turns.</summary>
    public IEnumerable<Child> Standing(Root root) => root.Children.Where(child => !Log.IsWhollyUndone(child.Run));

    public IReadOnlyList<(RunId Run, WorldMend Mend)> Chain(Root root) =>
        [.. Standing(root).Where(child => child.Done).Select(child => (child.Run, child.Mend))];

    /// <summary>The rows as they stand.</summary>
    public IReadOnlyList<WorldRow> Rows(Root root) => root.File.After(Chain(root))[^1];

    /// <summary>What a replay or fix of a run comes to.</summary>
    public Outcome Foresee(Root root, RunId run, WorldMend mend)
    {
        var chain = Chain(root);
        var states = root.File.After([.. chain, (run, mend)]);
        var (before, after) = (states[^2], states[^1]);
        var whole = !root.Wrote && !Standing(root).Any(child => child.Wrote);
        var own = after.Where((row, place) => whole || mend.Lists(row) || !row.IsAs(before[place])).ToList();
        var touched = new HashSet<AccountId>();
        foreach (var (was, row) in before.Zip(after))
        {
            var isInvalid = row.HasBadCell && !row.Values(root.File.SkipsRows).Any();
            if (!row.IsAs(was)) touched.UnionWith(new[] { was.Account, row.Account }.OfType<AccountId>());
            else if ((whole || (mend.Lists(row) && !isInvalid)) && row.Account is { } account) touched.Add(account);
        }

        var fails = whole ? root.File.IsRefused(after) : touched.Count == 0 && own.Exists(row => row.IsRejected);
        var given = root.File.Merge(after).Where(cell => touched.Contains(cell.Key.Account)).ToDictionary();
        RunId[] runs = [root.Run, .. chain.Select(child => child.Run)];
        var taken = new List<ReferenceLog.Cell>();
        if (!whole)
        {
            taken.AddRange(Log.Cells.Where(cell =>
                touched.Contains(cell.Account) && !given.ContainsKey(cell) && Log.IsStanding(cell, runs)));
            // What somebody has undone stays undone.
            foreach (var cell in given.Keys.Where(cell => Log.IsUndoneByOthers(cell, runs)).ToList()) given.Remove(cell);
        }

        return fails ? new Outcome(own, after, new HashSet<AccountId>(), true, new Dictionary<ReferenceLog.Cell, double>(), [])
            : new Outcome(own, after, touched, false, given, taken);
    }

    /// <returns>What its values become.</returns>
    public ChangeCounts Add(Root root, RunId run, string place, WorldMend mend, Outcome outcome)
    {
        RunId[] runs = [root.Run, .. Chain(root).Select(child => child.Run)];
        var counts = Log.TakeBack(run, runs, outcome.TakenBack)
            + Log.Add(run, place, outcome.Given.Select(given => (given.Key, (double?)given.Value)));
        root.Children.Add(new Child(
            run, mend, outcome.Touched, !outcome.Fails, outcome.Given.Count + outcome.TakenBack.Count > 0));
        return counts;
    }

    /// <summary>Those that go with an undo of a run.</summary>
    public IReadOnlyList<RunId> Follow(RunId run, ChangeScope scope)
    {
        if (Roots.Find(root => root.Run == run) is { } root)
            return [.. Standing(root).Where(child => child.Wrote).Select(child => child.Run)];
        if (Roots.Find(root => root.Children.Exists(child => child.Run == run)) is not { } of) return [];
        var target = of.Children.Find(child => child.Run == run)!;
        return
        [
            .. Standing(of).Where(child => child.Wrote).SkipWhile(child => child.Run != run).Skip(1)
                .Where(child => child.Touched.Any(account =>
                    (scope.Account ?? account) == account && target.Touched.Contains(account))).Select(child => child.Run),
        ];
    }

    /// <summary>How many rows wait for an identifier, by the run that has them.</summary>
    public IReadOnlyList<(RunId Run, long Rows)> Waiting(IntegrationId integration, string key) =>
    [
        .. Roots.Where(root => root.File.Integration.Id == integration && !Log.IsWhollyUndone(root.Run))
            .Select(root => (root.Run, (long)Rows(root).Count(row => row.Account is null && row.Cells[0] == key)))
            .Where(waiting => waiting.Item2 > 0).OrderBy(waiting => waiting.Run.Value, StringComparer.Ordinal),
    ];
}
