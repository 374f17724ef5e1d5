using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Usage.Functions;
using Usage.Functions.Access;
using Usage.Functions.Changes;
using Usage.Functions.Erasing;
using Usage.Functions.Http.Errors;
using Usage.Functions.Imports;
using Usage.Functions.Mending;
using Usage.Functions.Notices;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls;
using Usage.Functions.Runs;
using Usage.Functions.Settings;
using Usage.Functions.Telemetry;
using Usage.Functions.TestRuns;
using Usage.Functions.Unmatched;
using Usage.Functions.Upkeep;
using Usage.Functions.Uploads;
using Usage.Storage.Setup;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    // The levels in host.json are the host's: in Azure this process has its own, and ASP.NET Core tells of every request.
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    builder.UseMiddleware<UnforeseenErrors>();
    builder.UseMiddleware<Gate>();
    builder.Services
        .AddSettings(builder.Configuration)
        .AddTelemetry(builder.Configuration)
        .AddUsageStorage(builder.Configuration)
        .AddAccess(builder.Configuration)
        .AddProducts()
        .AddIntegrations()
        .AddOutbound(builder.Configuration)
        .AddPulls(builder.Configuration)
        .AddNotices()
        .AddAccounts()
        .AddErasing()
        .AddImports()
        .AddChanges()
        .AddChildren()
        .AddUnmatched()
        .AddRuns()
        .AddTestRuns()
        .AddUploads()
        .AddUpkeep(builder.Configuration)
        .AddReports();

    await builder.Build().RunAsync();
    return 0;
}
catch (Exception thrown) when (WrongSettings.Of(thrown) is { } sentences)
{
    foreach (var sentence in sentences) await Console.Error.WriteLineAsync(sentence);
    return 1;
}
