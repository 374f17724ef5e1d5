using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Usage.Local.Machine;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Local;

/// <summary><c>dotnet run --project functions/Usage.Local</c>, built, in a process group of its own as a terminal gives it one.</summary>
internal sealed partial class LocalCommand : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalCommand(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Api Api { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>Those that the command started, and those that they started: emulator, host, worker.</summary>
    public List<int> Children => Descendants(_process.Id);

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public static async Task<LocalCommand> StartAsync(string data, int port, params string[] arguments)
    {
        var command = Launch(data, port, arguments);
        var ended = command._process.WaitForExitAsync();
        Assert.True(await Task.WhenAny(command._listening.Task, ended) != ended, $"The command ended: {command.Said}");
        command.Api = new Api(new Uri(await command._listening.Task, "api/"));
        return command;
    }

    /// <summary>One that ends by itself.</summary>
    public static async Task<(int Code, string Said)> RunAsync(
        string data, int port, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var command = Launch(data, port, arguments, environment);
        return (await command.EndAsync(), command.Said);
    }

    private static LocalCommand Launch(
        string data, int port, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            "setsid", ["dotnet", "exec", BuiltProject.Assembly("Usage.Local"), "--data", data, "--port", $"{port}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[ShortLives.Setting] = ShortLives.Value;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new LocalCommand(Process.Start(start)!);
    }

    /// <summary>
    /// Of a process of the command, by what is run there: <c>start.js</c>, <c>Usage.Host.dll</c>, <c>Usage.Functions.dll</c>.
    /// </summary>
    public int ChildThatRuns(string program) => ChildrenThatRun(program).Single();

    /// <inheritdoc cref="ChildThatRuns"/>
    public List<int> ChildrenThatRun(string program) => Children.FindAll(id =>
        File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Any(word => word.EndsWith(program, StringComparison.Ordinal)));

    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Kill() => Processes.Kill(Id);

    /// <summary>Ctrl-C in a terminal reaches every process of the group.</summary>
    public Task InterruptAsync() => Processes.SignalAsync("INT", -Id);

    public static Task GoneAsync(IReadOnlyList<int> processes) =>
        Api.UntilAsync(() => Task.FromResult(processes.Count(Processes.IsAlive)), alive => alive == 0);

    public async ValueTask DisposeAsync()
    {
        var children = Children;
        if (!_process.HasExited)
        {
            await Processes.SignalAsync("TERM", Id);
            await EndAsync();
        }

        await GoneAsync(children);
        Api?.Dispose();
        _process.Dispose();
    }

    private static List<int> Descendants(int parent)
    {
        var children = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) || !Processes.IsAlive(id)) continue;
            try
            {
                if (int.Parse(File.ReadAllText($"{folder}/stat").Split(')')[^1].Split(' ')[2], CultureInfo.InvariantCulture) == parent)
                    children.AddRange([id, .. Descendants(id)]);
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return children;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
        if (Listening().Match(line) is { Success: true } found) _listening.TrySetResult(new Uri(found.Groups[1].Value));
    }

    [GeneratedRegex(@"^Listening on (\S+)")]
    private static partial Regex Listening();
}
