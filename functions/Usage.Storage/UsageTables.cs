using Azure.Data.Tables;

namespace Usage.Storage;

/// <summary>The tables of the system. Names have letters and digits only, as Azure demands.</summary>
public sealed class UsageTables(TableServiceClient service)
{
    private static readonly string[] Names =
    [
        "products", "integrations", "integrationversions", "accounts", "accountkeys", "accountchanges", "runs", "runqueue", "receipts", "snapshots",
        "snapshotdates", "reportpoints", "segments", "unmatched", "pulls", "notices",
    ];

    public TableClient Products { get; } = service.GetTableClient("products");

    public TableClient Integrations { get; } = service.GetTableClient("integrations");

    public TableClient IntegrationVersions { get; } = service.GetTableClient("integrationversions");

    public TableClient Accounts { get; } = service.GetTableClient("accounts");

    public TableClient AccountKeys { get; } = service.GetTableClient("accountkeys");

    public TableClient AccountChanges { get; } = service.GetTableClient("accountchanges");

    public TableClient Runs { get; } = service.GetTableClient("runs");

    /// <summary>Runs of each integration that haven't ended, in the order in which they take effect.</summary>
    public TableClient RunQueue { get; } = service.GetTableClient("runqueue");

    public TableClient Receipts { get; } = service.GetTableClient("receipts");

    public TableClient Snapshots { get; } = service.GetTableClient("snapshots");

    public TableClient SnapshotDates { get; } = service.GetTableClient("snapshotdates");

    public TableClient ReportPoints { get; } = service.GetTableClient("reportpoints");

    public TableClient Segments { get; } = service.GetTableClient("segments");

    public TableClient Unmatched { get; } = service.GetTableClient("unmatched");

    /// <summary>What was pulled when, and what each source said of it.</summary>
    public TableClient Pulls { get; } = service.GetTableClient("pulls");

    /// <summary>Ends of runs that somebody is to be told of.</summary>
    public TableClient Notices { get; } = service.GetTableClient("notices");

    /// <summary>Creates what is missing.</summary>
    public Task EnsureAsync(CancellationToken cancel) =>
        Task.WhenAll(Names.Select(name => service.CreateTableIfNotExistsAsync(name, cancel)));
}
