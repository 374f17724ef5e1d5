using Usage.Benchmarks.Output;

namespace Usage.Benchmarks.Http;

internal static class HttpReport
{
    public static async Task WriteAsync(
        HttpCommand.Options options, IReadOnlyList<Measured> calls, IReadOnlyList<Download> files, CancellationToken cancellationToken)
    {
        var result = new ResultFile("http", "The HTTP API");
        result.Line(
            $"One caller who waits for each answer. {options.Accounts:N0} accounts; {options.HistoryAccounts:N0} of them have "
                + $"{options.Months} months of {options.Products} products, all have two months of one more. App and emulator share the "
                + $"machine.");
        result.Line();
        result.Table(
            ["call", "ms", "app, processor ms", "emulator, processor ms"],
            calls.Select(
                m =>
                    (IReadOnlyList<string>)[m.Call.Name, m.Milliseconds.Show("0.0"), Spread.Text(m.AppProcessor, "0.0"),
                        Spread.Text(m.EmulatorProcessor, "0.0")]));
        result.Line($"A date of {options.FileAccounts:N0} accounts as CSV:");
        result.Line();
        result.Table(
            ["seconds", "lines/s", "MB", "memory before, MB", "most memory, MB"],
            files.Select(f => (IReadOnlyList<string>)
            [
                Spread.Text(f.Seconds, "0.00"), Spread.Text(options.FileAccounts / f.Seconds, "#,0"), Spread.Text(f.Bytes / 1e6, "0.0"),
                Spread.Text(f.PeakBefore, "0"), Spread.Text(f.Peak, "0"),
            ]));
        foreach (var (call, milliseconds, _, _) in calls)
            if (call.Target is { } target) result.Target($"{call.Name}, ms", milliseconds.Median, "≤", target, "0.0");
        await result.SaveAsync(cancellationToken);
    }
}
