using System.Reflection;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Usage.Core.Files;
using Usage.Functions.Access;
using Usage.Functions.Outbound;
using Usage.Functions.Pulls;
using Usage.Functions.Pulls.Downloads;
using Usage.Functions.Settings;
using Usage.Functions.Upkeep;
using Usage.Storage;

namespace Usage.Functions.Tests.Settings;

public sealed class SampleSettingsTests
{
    private static readonly Dictionary<string, string> Sample = Read();

    public static TheoryData<string> Options() =>
    [
        .. Names(typeof(UsageOptions), "Usage__").Where(name => name is not ("Usage__Limits" or "Usage__MaxDimensions")),
        .. Names(typeof(FileLimits), "Usage__Limits__"),
        .. Names(typeof(AccessOptions), "Usage__Access__"),
        .. Names(typeof(UpkeepOptions), "Usage__Upkeep__"),
        .. Names(typeof(OutboundOptions), "Usage__Pulls__"),
        .. Names(typeof(PullOptions), "Usage__Pulls__"),
        "Usage__Limits__MaxDimensions", "AzureWebJobsStorage",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "OTEL_EXPORTER_OTLP_ENDPOINT",
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_in_the_sample(string name) => Assert.Contains(name, Sample.Keys);

    [Fact]
    public void The_sample_has_nothing_that_no_option_takes() =>
        Assert.Empty(Sample.Keys.Where(name => name.StartsWith("Usage__", StringComparison.Ordinal))
            .Except(Options().Select(row => row.Data)));

    [Fact]
    public void The_sample_has_the_defaults()
    {
        var (sample, standard) = (Bind(Sample), Bind([]));
        Assert.Equal(standard.Limits, sample.Limits);
        Assert.Equal(
            (standard.TimeZone, standard.BatchBytes, standard.RowsPerPartition, standard.GroupsPerPiece, standard.TransactionsAtOnce,
                standard.LateEventHours,
                standard.MaxDimensions),
            (sample.TimeZone, sample.BatchBytes, sample.RowsPerPartition, sample.GroupsPerPiece, sample.TransactionsAtOnce,
                sample.LateEventHours,
                sample.MaxDimensions));
    }

    [Theory]
    [InlineData("Tries", "0", "Usage__Pulls__Tries: found 0, expected 1 to 20.")]
    [InlineData("MaxSeconds", "7201", "Usage__Pulls__MaxSeconds: found 7201, expected 1 to 7200.")]
    [InlineData("RoundMinutes", "5;15", "Usage__Pulls__RoundMinutes: expected minutes such as 5,15,60.")]
    [InlineData("BlobHostSuffix", "", "Usage__Pulls__BlobHostSuffix: found nothing, expected a value.")]
    [InlineData("Tries", "many", "Usage__Pulls__Tries: found \"many\", expected a number.")]
    [InlineData("BlobSources", "https://a.blob.core.windows.net/c",
        "Usage__Pulls__BlobSources: found \"https://a.blob.core.windows.net/c\", expected account/container or account/container/prefix.")]
    [InlineData("BlobSources", "other/exports, devstoreaccount1/exports",
        "Usage__Pulls__BlobSources: found devstoreaccount1, the app's own storage account, expected others only")]
    public void A_bound_of_pulls_that_can_not_be_is_told_by_name(string name, string value, string message)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"{PullOptions.Section}:{name}"] = value }).Build();
        var storage = new UsageBlobs(new BlobServiceClient("UseDevelopmentStorage=true"));
        using var services = new ServiceCollection().AddSingleton(storage).AddPulls(configuration).BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<PullOptions>());
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A", "one\r\nX-Evil: two", "Secrets__A: found a control character, such as a line break, expected one line of text.")]
    [InlineData("A:B", "\u0085", "Secrets__A__B: found a control character, such as a line break, expected one line of text.")]
    [InlineData("A:Hosts", "*", "Secrets__A__Hosts: found \"*\", expected hosts such as files.example.com or *.example.com")]
    public void A_secret_that_can_not_be_is_told_by_name_and_not_shown(string name, string value, string message)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [$"Secrets:{name}"] = value }).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddOutbound(configuration)
            .BuildServiceProvider();

        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<OutboundOptions>());
        Assert.StartsWith(message, Assert.Single(refused.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("X-Evil", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pauses_between_rounds_are_minutes() =>
        Assert.Equal([5, 15, 0.5], new PullOptions { RoundMinutes = "5, 15,0.5" }.GetRounds());

    [Theory]
    [InlineData("Usage__TimeZone", "Mars/Olympus", "Usage__TimeZone: expected the id of a time zone, such as UTC or Europe/Berlin.")]
    [InlineData("Usage__Limits__MaxRows", "0", "Usage__Limits: expected each limit to be above 0, ")]
    [InlineData("Usage__Limits__MaxDimensions", "241", "Usage__Limits__MaxDimensions: found 241, expected 1 to 240.")]
    [InlineData("Usage__Limits__MaxRows", "many", "Usage__Limits__MaxRows: found \"many\", expected a number.")]
    [InlineData("Usage__Limits__MaxDimensions", "few", "Usage__Limits__MaxDimensions: found \"few\", expected a number.")]
    public void A_setting_that_can_not_be_is_told_by_name(string name, string value, string message) =>
        Assert.Contains(message, Assert.Throws<OptionsValidationException>(() => Bind(new() { [name] = value })).Message,
            StringComparison.Ordinal);

    private static UsageOptions Bind(Dictionary<string, string> values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), v => (string?)v.Value))
                .Build();
        using var services = new ServiceCollection().AddSettings(configuration).BuildServiceProvider();
        return services.GetRequiredService<UsageOptions>();
    }

    private static IEnumerable<string> Names(Type options, string prefix) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != "EqualityContract")
            .Select(p => prefix + p.Name);

    private static Dictionary<string, string> Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Usage.Functions.sln"))) folder = folder.Parent!;
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "local.settings.sample.json")))!;
        return sample["Values"]!.AsObject().ToDictionary(v => v.Key, v => (string)v.Value!);
    }
}
