namespace Usage.Scenarios.Crashes.Steps;

/// <summary>Requests that belong to a step of a run's way.</summary>
/// <param name="Name">In their address, or in the body of a transaction.</param>
/// <param name="Method">HTTP's.</param>
/// <param name="Most">So many of them come for certain.</param>
internal sealed record Step(string Name, string Method, int Most)
{
    public static IReadOnlyList<Step> OfImport { get; } =
    [
        new("mapping.json", "PUT", 1), new("plan.json", "PUT", 1), new("/entries/", "PUT", 4), new("/batches/", "PUT", 4),
        new("totals.json", "PUT", 1), new("decision.json", "PUT", 1),
        new("snapshotdates", "POST", 2), new("/snapshots?", "POST", 12), new("/snapshots?", "POST", 30), new("/changes/", "PUT", 6),
        new("/merged/Write/", "PUT", 1),
        new("rejected.csv", "PUT", 1),
        new("reportpoints(", "POST", 2), new("receipts(", "POST", 1), new("/runs(", "PATCH", 2), new("runqueue(", "DELETE", 1),
        new("usage-runs", "DELETE", 3),
    ];

    public static IReadOnlyList<Step> OfUndo { get; } =
    [
        new("/changes/", "PUT", 4), new("/snapshots(PartitionKey", "POST", 4), new("/snapshots(PartitionKey", "POST", 12),
        new("/merged/Write/", "PUT", 1),
        new("reportpoints", "POST", 2), new("receipts(", "DELETE", 1), new("/runs(", "PATCH", 2), new("runqueue(", "DELETE", 1),
    ];

    public static IReadOnlyList<Step> OfFix { get; } =
    [
        new("plan.json", "PUT", 1), new("/entries/", "PUT", 4), new("/batches/", "PUT", 4), new("totals.json", "PUT", 1),
        new("/changes/touched", "PUT", 1),
        new("/changes/", "PUT", 4), new("/snapshots(PartitionKey", "POST", 4), new("/snapshots(PartitionKey", "POST", 12),
        new("/merged/Write/", "PUT", 1), new("reportpoints", "POST", 2), new("/runs(", "PATCH", 2), new("runqueue(", "DELETE", 1),
    ];
}
