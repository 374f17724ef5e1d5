using Azure.Storage.Blobs;
using Usage.Published.Host;

// Usage.Published.Host FOLDER: serves the app that was published there, until standard input closes; settings come from the environment.
using var end = new CancellationTokenSource();
await using var host = await FunctionsHost.StartAsync(args[0], new Dictionary<string, string>());
var imports = new BlobContainerClient(Environment.GetEnvironmentVariable("AzureWebJobsStorage"), "imports");
_ = host.Link.WatchAsync(imports, end.Token);
foreach (var timer in host.Link.Functions.Where(function => function.Kind == "timerTrigger")) _ = host.Link.TickAsync(timer, end.Token);
Console.WriteLine($"Functions host listening on {host.Url.AbsoluteUri.TrimEnd('/')}");
while (await Task.Run(Console.In.ReadLine) is not null) { }
await end.CancelAsync();
