using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Usage.Testing.Machine;

namespace Usage.Functions.Tests.Durable;

/// <summary>Starts durable engines in this process.</summary>
internal static class TestEngine
{
    // Its log would bury the one line about a test that failed; the server that it starts for itself reads only this.
    static TestEngine() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");

    /// <summary>It is told a port, as it looks for none that is free by itself.</summary>
    public static Task<DurableTaskTestHost> StartAsync(Action<DurableTaskRegistry> register) => DurableTaskTestHost.StartAsync(
        register,
        new DurableTaskTestHostOptions { Port = FreePorts.Take(), LoggerFactory = NullLoggerFactory.Instance });
}
