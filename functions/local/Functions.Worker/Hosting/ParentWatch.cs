using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>
/// With FUNCTIONS_LOCAL_END_WITH_INPUT=1 the app ends in order when its standard input closes: so it doesn't outlive the
/// process that started it, not even one that was killed.
/// </summary>
internal static class ParentWatch
{
    public static void Start(IHostApplicationLifetime lifetime)
    {
        if (Environment.GetEnvironmentVariable("FUNCTIONS_LOCAL_END_WITH_INPUT") == "1") _ = EndWithInputAsync(lifetime);
    }

    private static async Task EndWithInputAsync(IHostApplicationLifetime lifetime)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null, lifetime.ApplicationStopping);
        lifetime.StopApplication();
    }
}
