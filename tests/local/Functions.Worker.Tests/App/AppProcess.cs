using System.Diagnostics;
using System.Text;

namespace Functions.Worker.Tests.App;

/// <summary>The sample app as a real process.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private const string Listening = "Functions host listening on ";
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly TaskCompletionSource<string?> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AppProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Take(e.Data, output: true);
        process.ErrorDataReceived += (_, e) => Take(e.Data, output: false);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => listening.TrySetResult(null);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Http { get; private set; } = new();

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public StringBuilder Errors { get; } = new();

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    public static async Task<AppProcess> StartAsync(AppFolder folder, string address = "127.0.0.1")
    {
        var app = Launch(folder, new() { ["FUNCTIONS_LOCAL_ADDRESS"] = address }, "--port", "0");
        var url = await app.listening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(url is not null, $"The app ended: {app.Output}{app.Errors}");
        app.Http = new HttpClient { BaseAddress = new Uri(url) };
        return app;
    }

    /// <summary>Starts it to see it end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunToEndAsync(
        AppFolder folder, Dictionary<string, string>? environment = null, params string[] arguments)
    {
        await using var app = Launch(folder, environment ?? [], arguments);
        await app.EndedAsync();
        return (app.process.ExitCode, app.Output, app.Errors.ToString());
    }

    /// <summary>As a service manager would end it.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await EndedAsync();
    }

    /// <summary>As the out-of-memory killer would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndedAsync();
    }

    public async Task<int> EndedAsync()
    {
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        Http.Dispose();
        process.Dispose();
    }

    private static AppProcess Launch(AppFolder folder, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Functions.Worker.Tests.App.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AzureWebJobsScriptRoot"] = folder.Root },
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new AppProcess(Process.Start(start)!);
    }

    private void Take(string? line, bool output)
    {
        if (line is null) return;
        var text = output ? this.output : Errors;
        lock (text) text.AppendLine(line);
        if (output && line.StartsWith(Listening, StringComparison.Ordinal)) listening.TrySetResult(line[Listening.Length..]);
    }
}
