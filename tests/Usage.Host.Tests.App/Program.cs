using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Usage.Host.Tests.App;

if (Environment.GetEnvironmentVariable("REFUSE_TO_START") is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 3;
}

if (Environment.GetEnvironmentVariable("DIE_ONCE") is { } died && !File.Exists(died))
{
    await File.WriteAllTextAsync(died, "");
    throw new IOException("The port is taken.");
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.Configure<KestrelServerOptions>(server => server.Limits.MaxRequestBodySize = null);
builder.Services.AddSingleton<Journal>();
await builder.Build().RunAsync();
return 0;
