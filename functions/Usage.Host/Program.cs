using System.CommandLine;
using Usage.Host;
using Usage.Host.Settings;

var app = new Argument<string>(
    "folder")
{ Description = "The app's output folder, with host.json, functions.metadata and, where there is one, local.settings.json." };
var port = new Option<int?>(
    "--port")
{ Description = "Port on 127.0.0.1; 0 takes a free one. Default: that of local.settings.json, else 7071.", HelpName = "N" };
var instance = new Option<string?>("--instance")
{
    Description =
        "Name of this host among those on one storage: the same after a restart, never that of another living host. Default: its port.",
    HelpName = "NAME",
};
var child = new Option<bool>(
    "--child")
{ Description = "A line on standard input stops the host in order; when the input closes, its parent has ended, and so does the host." };
var mark = new Option<string?>(
    "--mark")
{ Description = "What GET admin/host/status answers as its mark, by which a parent knows its host from a stranger.", HelpName = "TEXT" };
var command = new RootCommand(
    "Runs a built function app (isolated worker) on this machine, as `func start` does.") { app, port, instance, child, mark };
command.SetAction(async (found, cancellationToken) =>
{
    try
    {
        await using var host = LocalHost.Build(
            new HostArguments(found.GetValue(app)!, found.GetValue(port), found.GetValue(instance), found.GetValue(mark)));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (found.GetValue(child)) ParentWatch.Start(ended.Cancel);
        await host.RunAsync(Console.Out.WriteLine, ended.Token);
        return 0;
    }
    catch (HostException problem)
    {
        await Console.Error.WriteLineAsync(problem.Message);
        return 1;
    }
});

// Longer than the host takes to end in order. What an extension leaves running is ended with the process.
Environment.Exit(await command.Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) }));
