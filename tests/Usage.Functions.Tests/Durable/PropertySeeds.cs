using System.Globalization;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Durable;

/// <summary>
/// Seeds of properties that take long. A usual run tries the first one each time, so that whoever changes something else isn't stopped by
/// what chance finds, nor waits; with <c>USAGE_SCENARIOS</c> <c>long</c> or <c>full</c> there are the others and new ones, and
/// <c>USAGE_SCENARIOS_SEED</c> repeats one alone.
/// </summary>
internal static class PropertySeeds
{
    public static TheoryData<int> Of(int[] usual, int large, int full)
    {
        var told = Environment.GetEnvironmentVariable("USAGE_SCENARIOS_SEED");
        if (int.TryParse(told, CultureInfo.InvariantCulture, out var seed)) return [seed];
        return
        [
            .. usual.Take(TestSize.Of(1, 1, usual.Length, usual.Length)),
            .. Enumerable.Range(0, TestSize.Of(0, 0, large, full)).Select(_ => Random.Shared.Next(1, 1_000_000)),
        ];
    }
}
