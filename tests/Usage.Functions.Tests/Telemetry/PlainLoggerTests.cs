using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Usage.Functions.Telemetry;

namespace Usage.Functions.Tests.Telemetry;

public sealed partial class PlainLoggerTests
{
    [Theory]
    [InlineData("oct\u202Evsc.exe", "octU+202Evsc.exe")]
    [InlineData("a\r\nerror: all is lost", "a\\r\\nerror: all is lost")]
    [InlineData("a\u001b[2Jb\u2028c\u200Bd", "a\\u001b[2JbU+2028cU+200Bd")]
    [InlineData("Größe 2026.csv", "Größe 2026.csv")]
    public void Name_in_a_log_shows_what_it_holds(string name, string shown)
    {
        var said = new Said();
        using var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(said))
            .AddTelemetry(new ConfigurationBuilder().Build()).BuildServiceProvider();

        LogRun(services.GetRequiredService<ILogger<PlainLoggerTests>>(), name);

        Assert.Equal($"Run of {shown}", said.Message);
    }

    [LoggerMessage(LogLevel.Information, "Run of {Blob}")]
    private static partial void LogRun(ILogger logger, string blob);

    private sealed class Said : ILoggerProvider, ILogger
    {
        public string? Message { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Message = formatter(state, exception);

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
