using Azure.Core;
using Azure.Data.Tables;
using Usage.Storage.Tables;

namespace Usage.Storage;

/// <summary>The tables of the system. Names have letters and digits only, as Azure demands.</summary>
public sealed class UsageTables(TableServiceClient service)
{
    private static readonly string[] Names =
    [
        "products", "integrations", "integrationversions", "accounts", "accountkeys", "accountchanges", "runs", "runqueue", "receipts",
        "snapshots",
        "snapshotdates", "reportpoints", "segments", "unmatched", "pulls", "notices", "keys", "audit", "turns", "writers", "undos",
        "uploads",
    ];

    public UsageTable Products { get; } = new(service.GetTableClient("products"));

    public UsageTable Integrations { get; } = new(service.GetTableClient("integrations"));

    public UsageTable IntegrationVersions { get; } = new(service.GetTableClient("integrationversions"));

    public UsageTable Accounts { get; } = new(service.GetTableClient("accounts"));

    public UsageTable AccountKeys { get; } = new(service.GetTableClient("accountkeys"));

    public UsageTable AccountChanges { get; } = new(service.GetTableClient("accountchanges"));

    public UsageTable Runs { get; } = new(service.GetTableClient("runs"));

    /// <summary>Runs of each integration that haven't ended, in the order in which they take effect.</summary>
    public UsageTable RunQueue { get; } = new(service.GetTableClient("runqueue"));

    public UsageTable Receipts { get; } = new(service.GetTableClient("receipts"));

    public UsageTable Snapshots { get; } = new(service.GetTableClient("snapshots"));

    public UsageTable SnapshotDates { get; } = new(service.GetTableClient("snapshotdates"));

    public UsageTable ReportPoints { get; } = new(service.GetTableClient("reportpoints"));

    public UsageTable Segments { get; } = new(service.GetTableClient("segments"));

    public UsageTable Unmatched { get; } = new(service.GetTableClient("unmatched"));

    /// <summary>What was pulled when, and what each source said of it.</summary>
    public UsageTable Pulls { get; } = new(service.GetTableClient("pulls"));

    /// <summary>Ends of runs that somebody is to be told of.</summary>
    public UsageTable Notices { get; } = new(service.GetTableClient("notices"));

    public UsageTable Keys { get; } = new(service.GetTableClient("keys"));

    /// <summary>Who did what.</summary>
    public UsageTable Audit { get; } = new(service.GetTableClient("audit"));

    /// <summary>Which run writes a product at the moment.</summary>
    public UsageTable Turns { get; } = new(service.GetTableClient("turns"));

    /// <summary>Which runs wrote a date of a product.</summary>
    public UsageTable Writers { get; } = new(service.GetTableClient("writers"));

    /// <summary>Which runs' writes count as undone.</summary>
    public UsageTable Undos { get; } = new(service.GetTableClient("undos"));

    /// <summary>What people have sent without dropping it, with what they have decided of it.</summary>
    public UsageTable Uploads { get; } = new(service.GetTableClient("uploads"));

    /// <summary>How the client is set up that the tables are made from.</summary>
    /// <param name="window">Of the transactions of this process; null: it is of this client alone.</param>
    public static TableClientOptions ClientOptions(RequestWindow? window = null)
    {
        var options = new TableClientOptions();
        options.AddPolicy(new TransactionPolicy(), HttpPipelinePosition.PerCall);
        options.AddPolicy(
            new TransactionWindow(window ?? new RequestWindow(new TransactionOptions().AtOnce, TimeProvider.System)),
            HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <summary>Creates what is missing.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Names.Select(name => service.CreateTableIfNotExistsAsync(name, cancellationToken)));
}
