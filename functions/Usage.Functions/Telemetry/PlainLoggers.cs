using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Usage.Core;

namespace Usage.Functions.Telemetry;

/// <summary>
/// Makes every message of the app one line that reads as it is: names of files, columns and accounts come from outside, and may hold line
/// breaks, characters that turn the direction of text, or nothing that one sees.
/// </summary>
internal sealed class PlainLoggers(ILoggerFactory inner) : ILoggerFactory
{
    public static PlainLoggers Of(IServiceProvider services) => new(new LoggerFactory(
        services.GetServices<ILoggerProvider>(), services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
        services.GetRequiredService<IOptions<LoggerFactoryOptions>>(), services.GetService<IExternalScopeProvider>()));

    public ILogger CreateLogger(string categoryName) => new Plain(inner.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose() => inner.Dispose();

    private sealed class Plain(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            inner.Log(logLevel, eventId, state, exception, (told, thrown) => CellText.Line(formatter(told, thrown)));
    }
}
