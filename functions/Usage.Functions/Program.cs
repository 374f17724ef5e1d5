using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Usage.Functions;
using Usage.Functions.Http;
using Usage.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseMiddleware<UnforeseenErrors>();
builder.Services
    .AddUsageStorage(builder.Configuration)
    .AddProducts()
    .AddIntegrations()
    .AddAccounts()
    .AddInsights();

var app = builder.Build();
await app.Services.GetRequiredService<UsageTables>().EnsureAsync(CancellationToken.None);
await app.Services.GetRequiredService<UsageBlobs>().EnsureAsync(CancellationToken.None);
await app.RunAsync();
