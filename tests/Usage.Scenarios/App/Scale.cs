using System.Globalization;

namespace Usage.Scenarios.App;

/// <summary>
/// How large the scenarios are: small enough for every build, or, with <c>USAGE_SCENARIOS=full</c>, as large as promised.
/// <c>USAGE_SCENARIOS_SEED</c> repeats the random choices of a run.
/// </summary>
internal static class Scale
{
    public static bool IsFull => Environment.GetEnvironmentVariable("USAGE_SCENARIOS") == "full";

    public static int Rows => IsFull ? 100_000 : 4_000;

    /// <summary>Each of host, worker and both at least once.</summary>
    public static int Kills => IsFull ? 20 : 5;

    /// <summary>Requests for each that is spoiled.</summary>
    public static int FaultsOneIn => IsFull ? 60 : 12;

    /// <summary>Of the one command, each with a start of all its processes.</summary>
    public static int CommandKills => IsFull ? 20 : 2;

    /// <summary>Of an emulator whose parent is gone each time.</summary>
    public static int EmulatorStarts => IsFull ? 20 : 5;

    /// <summary>Of the corpus' small files, this one and every so many-th are cut into batches of a row.</summary>
    public static int CorpusStep => IsFull ? 1 : 8;

    public static int Files => IsFull ? 50 : 16;

    /// <summary>What those who read meanwhile wait between two requests.</summary>
    public static TimeSpan ReadersPause => IsFull ? TimeSpan.Zero : TimeSpan.FromMilliseconds(100);

    public static int MalformedRequests => IsFull ? 20_000 : 6_000;

    public static int Outages => IsFull ? 5 : 2;

    /// <summary>A new one each time, unless it is told; whoever uses it says it.</summary>
    public static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("USAGE_SCENARIOS_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed : Random.Shared.Next(1, 1_000_000);
}
