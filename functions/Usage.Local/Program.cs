using System.CommandLine;
using Usage.Local;
using Usage.Local.Drops;
using Usage.Local.Machine;

// Each takes some 250 MB, and the hub has four partitions to share out.
const int MostInstances = 8;

Say.AdaptToTerminal();

var port = new Option<int>("--port")
{
    Description = "Port of the app on 127.0.0.1.",
    HelpName = "N",
    DefaultValueFactory = _ => 7071,
    CustomParser = found =>
    {
        if (int.TryParse(found.Tokens[0].Value, out var number) && number is >= 1 and <= 65535) return number;
        found.AddError($"--port: found \"{found.Tokens[0].Value}\", expected a number from 1 to 65535.");
        return 0;
    },
};
var data = new Option<DirectoryInfo?>(
    "--data")
{ Description = "Where everything is kept. Default: .usage in the repository.", HelpName = "DIR" };
var noDemo = new Option<bool>("--no-demo") { Description = "Start without the demonstration." };
var instances = new Option<int>("--instances")
{
    Description = "Hosts of the app on one storage, each with its worker, behind the one port; what scaling out is in Azure.",
    HelpName = "N",
    DefaultValueFactory = _ => 1,
    CustomParser = found =>
    {
        if (int.TryParse(found.Tokens[0].Value, out var number) && number is >= 1 and <= MostInstances) return number;
        found.AddError($"--instances: found \"{found.Tokens[0].Value}\", expected a number from 1 to {MostInstances}.");
        return 1;
    },
};
var once = new Option<bool>("--once") { Description = "Stop after the demonstration; the exit code says whether it worked." };
var drop = new Option<FileInfo?>(
    "--drop")
{ Description = "Send a file to an app that is running, and watch it to its end.", HelpName = "FILE" };
var integration = new Option<string?>(
    "--integration")
{ Description = "With --drop: the integration that reads the file.", HelpName = "ID" };
var command = new RootCommand("Usage on one machine: storage emulator, app and demonstration. Ctrl-C stops it all.")
{
    port, data, noDemo, once, instances, drop, integration,
};
command.Validators.Add(result =>
{
    if (result.GetValue(drop) is null != result.GetValue(integration) is null)
        result.AddError("--drop FILE and --integration ID go together.");
    if (result.GetValue(once) && result.GetValue(noDemo))
        result.AddError("--once stops after the demonstration, so it can't go with --no-demo.");
});
command.SetAction(async (found, cancellationToken) =>
{
    try
    {
        return found.GetValue(drop) is { } file
            ? await DropCommand.RunAsync(file, found.GetValue(integration)!, found.GetValue(port), cancellationToken)
            : await StartCommand.RunAsync(
                new StartOptions(found.GetValue(port), DataFolder.At(found.GetValue(data)), Demo: !found.GetValue(noDemo),
                    Once: found.GetValue(once), found.GetValue(instances)), cancellationToken);
    }
    catch (LocalException problem)
    {
        await Console.Error.WriteLineAsync(problem.Message);
        return 1;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        Say.Quietly("Stopped.");
        return 0;
    }
});

// Longer than the app and the emulator take to end in order.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
