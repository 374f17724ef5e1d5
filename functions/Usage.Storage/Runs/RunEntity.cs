using System.Text.Json;
using Azure.Data.Tables;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>
/// A run as an entity: columns to filter by, the source, the progress in columns of its own (written by many activities at
/// once), and the rest as JSON: in one property when it is short, else in the blob <c>{run}/run.json</c>.
/// </summary>
internal static class RunEntity
{
    // A property holds 64 KiB of UTF-16.
    public const int MaxJson = 30_000;

    public const string PlansAnew = "plansAnew";

    public static TableEntity Of(RunId id)
    {
        var key = RunKey.Of(id);
        return new TableEntity(key.Partition, key.Row);
    }

    public static TableEntity From(Run run, string json)
    {
        var entity = Of(run.Id);
        entity["id"] = run.Id.Value;
        entity["kind"] = Word(run.Kind);
        entity["integration"] = run.Integration?.Value ?? "";
        entity["status"] = Word(run.Status);
        entity["arrivedAt"] = run.ArrivedAt;
        entity["json"] = json.Length <= MaxJson ? json : "";
        SetProgress(entity, run.Progress);
        return entity;
    }

    public static void SetSource(TableEntity entity, RunSource source)
    {
        entity["container"] = source.Container;
        entity["blob"] = source.Blob;
        entity["etag"] = source.ETag;
        entity["force"] = source.Force;
        if (source.Date is not null) entity["date"] = source.Date;
        if (source.SourceName is not null) entity["sourceName"] = source.SourceName;
        if (source.QueuedAt is { } queued) entity["queuedAt"] = queued;
    }

    public static void SetProgress(TableEntity entity, RunProgress progress)
    {
        entity["stage"] = Word(progress.Stage);
        entity["done"] = progress.Done;
        entity["total"] = progress.Total;
        // A merge leaves what isn't said, so what isn't known is 0.
        entity["rows"] = progress.Rows ?? 0;
        entity["rowsTotal"] = progress.RowsTotal ?? 0;
        entity["perSecond"] = progress.PerSecond ?? 0;
        entity["remainingSeconds"] = progress.RemainingSeconds ?? -1;
    }

    /// <param name="entity">As stored.</param>
    /// <param name="json">From the property or the blob.</param>
    public static StoredRun Read(TableEntity entity, string json)
    {
        var run = JsonSerializer.Deserialize<Run>(json, CoreJson.Options)!;
        // The record of an ended run says where it stands; progress that is reported late doesn't count.
        if (!run.HasEnded()) run = run with { Progress = Progress(entity), Changes = Changes(entity) ?? run.Changes };
        var source = new RunSource(
            entity.GetString("container") ?? "", entity.GetString("blob") ?? "", entity.GetString("etag") ?? "",
            entity.GetBoolean("force") ?? false)
        {
            Date = entity.GetString("date"),
            SourceName = entity.GetString("sourceName"),
            QueuedAt = entity.GetDateTimeOffset("queuedAt"),
        };
        if (entity.GetString("by") is { } by) run = run with { By = by };
        if (entity.GetBoolean(PlansAnew) == true) run = run with { PlansAnew = true };
        if (entity.GetString("children") is { } children)
            run = run with { Children = [.. children.Split(' ').Select(child => new RunId(child))] };
        run = run with { Timeline = RunTimes.Of(entity, run, source.QueuedAt ?? run.ArrivedAt) };
        var pinned = entity.GetString("pinned") is { } etag ? RunBlobs.Pinned(run.FileOf(), etag) : null;
        return new StoredRun(run, source, entity.GetBoolean("cancel") ?? false) { Pinned = pinned };
    }

    private static RunProgress Progress(TableEntity entity) => new(
        Enum.Parse<RunStage>(entity.GetString("stage"), true), entity.GetInt64("done") ?? 0, entity.GetInt64("total") ?? 0)
    {
        Rows = Known(entity, "rows", 1),
        RowsTotal = Known(entity, "rowsTotal", 1),
        PerSecond = Known(entity, "perSecond", 1),
        RemainingSeconds = Known(entity, "remainingSeconds", 0),
    };

    private static ChangeCounts? Changes(TableEntity entity) =>
        entity.GetString("changes") is { } json ? JsonSerializer.Deserialize<ChangeCounts>(json, CoreJson.Options) : null;

    private static long? Known(TableEntity entity, string column, long least) =>
        entity.GetInt64(column) is { } value && value >= least ? value : null;

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
