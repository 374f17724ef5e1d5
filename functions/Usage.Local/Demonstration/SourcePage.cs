using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Usage.Core.Runs;
using Usage.Local.Api;
using Usage.Local.Drops;
using Usage.Local.Machine;

namespace Usage.Local.Demonstration;

/// <summary>The example of the import's help page, from its configuration to its twelve values.</summary>
public static class SourcePage
{
    private const string Integration = "platform-usage";
    private const string File = "product-usage.csv";

    private const string Csv = """
        customer_id,mau,api_calls,plan_type,is_active
        CUST001,500,25000,Enterprise,true
        CUST002,150,8000,Professional,true
        CUST003,25,1200,Starter,false

        """;

    private static readonly (string Id, string Name, string CrmId, string Domain)[] Accounts =
    [
        ("acme", "Acme", "CUST001", "acme.com"),
        ("globex", "Globex", "CUST002", "globex.com"),
        ("initech", "Initech", "CUST003", "initech.com"),
    ];

    private static readonly (string Id, string Name, string DataType, string Column)[] Dimensions =
    [
        ("monthly_active_users", "Monthly Active Users", "numeric", "mau"),
        ("api_request_count", "API Request Count", "numeric", "api_calls"),
        ("subscription_plan", "Subscription Plan", "text", "plan_type"),
        ("active_status", "Active Status", "boolean", "is_active"),
    ];

    /// <summary>Loads what isn't there yet, watches the file to its end and shows what it stored.</summary>
    /// <returns>Whether the file's run succeeded.</returns>
    public static async Task<bool> ShowAsync(UsageApi api, BlobContainerClient imports, CancellationToken cancellationToken)
    {
        Say.Line($"[grey]Loading the demonstration: product platform, 3 accounts, integration {Integration} …[/]");
        await ConfigureAsync(api, cancellationToken);
        var path = $"{Integration}/{File}";
        var dropped = await DropAsync(imports, path, cancellationToken);
        Say.Line(
            dropped ? (FormattableString)$"Dropped [bold]imports/{path}[/]" : $"[grey]imports/{path} was dropped by an earlier start.[/]");
        var run = await RunWatcher.WatchAsync(
            api, await RunWatcher.FindAsync(api, Integration, path, cancellationToken), path, cancellationToken);
        RunWatcher.PrintOutcome(run, api.App);
        await SnapshotTable.PrintAsync(api, Accounts.Select(a => a.Id), cancellationToken);
        return run.Status is RunStatus.Succeeded;
    }

    private static async Task ConfigureAsync(UsageApi api, CancellationToken cancellationToken)
    {
        await api.PutIfMissingAsync(
            "products/platform", new JsonObject { ["name"] = "Platform", ["snapshotPeriod"] = "monthly" }, cancellationToken);
        var product = await api.GetAsync("products/platform", cancellationToken);
        var there = product["dimensions"]!.AsArray().Select(d => (string)d!["id"]!).ToHashSet();
        foreach (var (id, name, dataType, _) in Dimensions)
            if (!there.Contains(id))
                await api.PutAsync($"products/platform/dimensions/{id}",
                    new JsonObject { ["name"] = name, ["dataType"] = dataType }, cancellationToken);
        foreach (var (id, name, crmId, domain) in Accounts)
        {
            var account = new JsonObject
            {
                ["name"] = name,
                ["crmId"] = crmId,
                ["domains"] = new JsonArray(domain),
                ["aliases"] = new JsonArray()
            };
            await api.PutIfMissingAsync($"accounts/{id}", account, cancellationToken);
        }

        await api.PutIfMissingAsync($"integrations/{Integration}", IntegrationBody(), cancellationToken);
    }

    private static JsonObject IntegrationBody() => new()
    {
        ["name"] = "Platform usage",
        ["match"] = new JsonArray(new JsonObject { ["by"] = "crmId", ["column"] = "customer_id" }),
        ["products"] = new JsonArray(new JsonObject
        {
            ["product"] = "platform",
            ["dimensions"] = new JsonArray([.. Dimensions.Select(d => new JsonObject { ["column"] = d.Column, ["dimension"] = d.Id })]),
        }),
    };

    private static async Task<bool> DropAsync(BlobContainerClient imports, string path, CancellationToken cancellationToken)
    {
        await imports.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        try
        {
            var options = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await imports.GetBlobClient(path).UploadAsync(BinaryData.FromString(Csv), options, cancellationToken);
            return true;
        }
        catch (RequestFailedException there) when (there.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return false;
        }
    }
}
