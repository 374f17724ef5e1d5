using System.Runtime.CompilerServices;

namespace Usage.Testing.Machine;

/// <summary>
/// What is started here lives for seconds: a runtime that compiles everything a second time, optimized, costs more than it gives (start
/// and demonstration of the command: 19 s of processor time against 10 to 13). Speed itself is measured elsewhere.
/// </summary>
internal static class ShortLives
{
    private const string CountsCalls = "DOTNET_TC_CallCounting";

#pragma warning disable CA2255 // Every process that any test starts inherits it, by whatever way it is started.
    [ModuleInitializer]
    public static void DoNotOptimize() =>
        Environment.SetEnvironmentVariable(CountsCalls, Environment.GetEnvironmentVariable(CountsCalls) ?? "0");
#pragma warning restore CA2255
}
