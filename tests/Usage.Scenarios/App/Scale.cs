using System.Globalization;
using Usage.Testing.Machine;

namespace Usage.Scenarios.App;

/// <summary>
/// How large the scenarios are in each <see cref="TestSize"/>. <c>USAGE_SCENARIOS_SEED</c> repeats the random choices of a run.
/// </summary>
internal static class Scale
{
    public static bool IsFull => TestSize.IsFull;

    public static int Rows => TestSize.Of(3_000, 3_000, 4_000, 100_000);

    /// <summary>Each of host, worker and both at least once, but for the short form.</summary>
    public static int Kills => TestSize.Of(1, 3, 5, 20);

    /// <summary>Requests for each that is spoiled.</summary>
    public static int FaultsOneIn => TestSize.Of(12, 12, 12, 60);

    /// <summary>Of the one command, each with a start of all its processes.</summary>
    public static int CommandKills => TestSize.Of(1, 1, 2, 20);

    /// <summary>Of an emulator whose parent is gone each time.</summary>
    public static int EmulatorStarts => TestSize.Of(1, 3, 5, 20);

    /// <summary>Of the corpus, every so many-th file over the whole app; what reads files is tested with each of them.</summary>
    public static int CorpusPart => TestSize.Of(60, 12, 1, 1);

    /// <summary>Of the corpus' small files, this one and every so many-th are cut into batches of a row.</summary>
    public static int CorpusStep => TestSize.Of(320, 48, 12, 1);

    /// <summary>Random integrations and files that are tried out and then imported.</summary>
    public static int Trials => TestSize.Of(2, 2, 6, 6);

    /// <summary>Of a run that is writing, with and without a kill.</summary>
    public static int Cancels => TestSize.Of(2, 2, 4, 4);

    /// <summary>Of dead workers, that come after their runs have ended.</summary>
    public static int LateRequests => TestSize.Of(2, 2, 5, 5);

    /// <summary>Of an instance among several, each of most of a minute.</summary>
    public static int Standstills => TestSize.Of(1, 1, 3, 3);

    public static int Files => TestSize.Of(8, 8, 16, 50);

    /// <summary>What those who read meanwhile wait between two requests.</summary>
    public static TimeSpan ReadersPause => IsFull ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100);

    public static int MalformedRequests => TestSize.Of(500, 1_000, 6_000, 20_000);

    /// <summary>Of the ways in which a body is broken, every so many-th.</summary>
    public static int BrokenBodies => TestSize.Of(16, 8, 1, 1);

    /// <summary>Of readers, writers and imports all at once.</summary>
    public static TimeSpan Load => TimeSpan.FromSeconds(TestSize.Of(3, 4, 10, 30));

    public static int Readers => TestSize.Of(16, 16, 64, 64);

    public static int Outages => TestSize.Of(1, 1, 2, 5);

    /// <summary>Of attacks, every so many-th.</summary>
    public static int AttackPart => TestSize.Of(3, 1, 1, 1);

    /// <summary>Of proposals, every so many-th over the whole app; all of them are scored in the core's own tests.</summary>
    public static int SuggestPart => TestSize.Of(24, 6, 1, 1);

    /// <summary>Of several uploads of one name at once, each under a name of its own.</summary>
    public static int Rounds => TestSize.Of(1, 4, 4, 4);

    /// <summary>Of each of those who change things side by side.</summary>
    public static int Edits => TestSize.Of(30, 30, 40, 100);

    /// <summary>A new one each time, unless it is told; whoever uses it says it.</summary>
    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("USAGE_SCENARIOS_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed : Random.Shared.Next(1, 1_000_000);
}
