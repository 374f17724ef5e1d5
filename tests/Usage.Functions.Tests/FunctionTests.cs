using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Usage.Functions.Access;
using Usage.Functions.Changes;
using Usage.Functions.Erasing;
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

namespace Usage.Functions.Tests;

/// <summary>Functions are made when they are called first: what one of them lacks would be known only then.</summary>
public sealed class FunctionTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" }).Build();

    public static TheoryData<string> Classes =>
    [
        .. typeof(ImportFile).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute))))
            .Select(type => type.FullName!),
    ];

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task Is_made_from_the_services_of_the_app(string type)
    {
        await using var services = new ServiceCollection()
            .AddLogging().AddSingleton(Configuration)
            .AddSettings(Configuration).AddTelemetry(Configuration).AddUsageStorage(Configuration)
            .AddAccess(Configuration).AddProducts().AddIntegrations().AddOutbound(Configuration).AddPulls(Configuration).AddNotices()
            .AddAccounts().AddErasing().AddImports().AddChanges().AddChildren().AddUnmatched()
            .AddRuns().AddTestRuns().AddUploads().AddUpkeep(Configuration).AddReports()
            .BuildServiceProvider();

        Assert.NotNull(ActivatorUtilities.CreateInstance(services, typeof(ImportFile).Assembly.GetType(type, throwOnError: true)!));
    }
}
