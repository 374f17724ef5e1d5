namespace Usage.Storage.Connections;

/// <summary>Every table of the app; names have letters and digits only, as Table Storage wants it.</summary>
public static class TableNames
{
    public const string Products = "products";
    public const string Dimensions = "dimensions";
    public const string Integrations = "integrations";
    public const string IntegrationVersions = "integrationversions";
    public const string Accounts = "accounts";
    public const string AccountKeys = "accountkeys";
    public const string Runs = "runs";
    public const string RunQueue = "runqueue";
    public const string Receipts = "receipts";
    public const string Snapshots = "snapshots";
    public const string SnapshotDates = "snapshotdates";
    public const string ReportPoints = "reportpoints";
    public const string Segments = "segments";
    public const string Unmatched = "unmatched";

    public static IReadOnlyList<string> All { get; } =
    [
        Products, Dimensions, Integrations, IntegrationVersions, Accounts, AccountKeys, Runs, RunQueue,
        Receipts, Snapshots, SnapshotDates, ReportPoints, Segments, Unmatched,
    ];
}
