using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>The records of runs. Only a run's own activities, one after the other, save it; others only request its cancel.</summary>
public sealed class RunStore(UsageTables tables, RunBlobs blobs)
{
    /// <returns>False when the run is there already; nothing is changed then.</returns>
    public async Task<bool> AddAsync(Run run, RunSource source, CancellationToken cancellationToken)
    {
        var entity = await ToEntityAsync(run, cancellationToken);
        RunEntity.SetSource(entity, source);
        if (run.By is not null) entity["by"] = run.By;
        if (run.PlansAnew) entity[RunEntity.PlansAnew] = true;
        try
        {
            await tables.Runs.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Says who sent the file, where its event was faster and began the record.</summary>
    public Task SignAsync(RunId id, string by, CancellationToken cancellationToken)
    {
        var entity = RunEntity.Of(id);
        entity["by"] = by;
        return tables.Runs.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>Saves all but the source, who sent it, whether it plans anew, its children, and the wish to cancel.</summary>
    public async Task SaveAsync(Run run, CancellationToken cancellationToken) =>
        await tables.Runs.UpsertEntityAsync(await ToEntityAsync(run, cancellationToken), TableUpdateMode.Merge, cancellationToken);

    public async Task<StoredRun?> FindAsync(RunId id, CancellationToken cancellationToken)
    {
        var key = RunKey.Of(id);
        var found = await tables.Runs.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, cancellationToken: cancellationToken);
        return found.HasValue ? await ReadAsync(found.Value!, cancellationToken) : null;
    }

    /// <exception cref="InvalidOperationException">There is no such run.</exception>
    public async Task<StoredRun> GetAsync(RunId id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken)
        ?? throw new InvalidOperationException($"run {id} has no record; a run is admitted before anything else is done for it");

    /// <summary>Whether a run has ended; one without a record has.</summary>
    public async Task<bool> HasEndedAsync(RunId id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.Run.HasEnded() ?? true;

    /// <summary>Links a run with one that follows from it; done again, nothing changes.</summary>
    public async Task AddChildAsync(RunId id, RunId child, CancellationToken cancellationToken)
    {
        var key = RunKey.Of(id);
        while (true)
        {
            var asked = await tables.Runs.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, ["children"], cancellationToken);
            if (!asked.HasValue) throw new InvalidOperationException($"run {id} has no record, and {child} is to follow from it");
            var found = asked.Value!;
            var children = found.GetString("children")?.Split(' ') ?? [];
            if (children.Contains(child.Value)) return;
            var entity = RunEntity.Of(id);
            entity["children"] = string.Join(' ', children.Append(child.Value));
            try
            {
                await tables.Runs.UpdateEntityAsync(entity, found.ETag, TableUpdateMode.Merge, cancellationToken);
                return;
            }
            catch (RequestFailedException other) when (other.Status == 412)
            {
                // Somebody else has changed the record meanwhile.
            }
        }
    }

    /// <summary>A stage begins; none of its parts is done.</summary>
    public Task BeginStageAsync(RunId id, RunStage stage, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var entity = RunEntity.Of(id);
        RunEntity.SetProgress(entity, new RunProgress(stage, 0, 0));
        RunTimes.Set(entity, stage, at);
        return tables.Runs.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <param name="changes">Of what has been written so far; null: nothing is being written.</param>
    public Task ReportProgressAsync(RunId id, RunProgress progress, ChangeCounts? changes, CancellationToken cancellationToken)
    {
        var entity = RunEntity.Of(id);
        RunEntity.SetProgress(entity, progress);
        if (changes is not null) entity["changes"] = JsonSerializer.Serialize(changes, CoreJson.Options);
        return tables.Runs.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>From now on the run reads its own copy of the file.</summary>
    public Task PinAsync(RunId id, RunSource copy, CancellationToken cancellationToken)
    {
        var entity = RunEntity.Of(id);
        entity["pinned"] = copy.ETag;
        return tables.Runs.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>An import turns out to be a fix: it reads its parent's file from now on, and stays where it is in the queue.</summary>
    /// <param name="fix">As it is to be.</param>
    /// <param name="queuedAt">Where it is in the queue.</param>
    /// <param name="content">Of its parent.</param>
    public async Task BecomeFixAsync(Run fix, DateTimeOffset queuedAt, RunSource content, CancellationToken cancellationToken)
    {
        var entity = await ToEntityAsync(fix, cancellationToken);
        entity["queuedAt"] = queuedAt;
        entity["pinned"] = content.ETag;
        await tables.Runs.UpsertEntityAsync(entity, TableUpdateMode.Merge, cancellationToken);
    }

    public Task RequestCancelAsync(RunId id, CancellationToken cancellationToken)
    {
        var entity = RunEntity.Of(id);
        entity["cancel"] = true;
        return tables.Runs.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    public async Task<bool> IsCancelRequestedAsync(RunId id, CancellationToken cancellationToken)
    {
        var key = RunKey.Of(id);
        var found = await tables.Runs.GetEntityIfExistsAsync<TableEntity>(key.Partition, key.Row, ["cancel"], cancellationToken);
        return found.HasValue && found.Value!.GetBoolean("cancel") == true;
    }

    /// <summary>Newest first.</summary>
    /// <param name="filter">Which runs.</param>
    /// <param name="top">At most so many.</param>
    /// <param name="after">Begins behind this run; null begins with the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Run>> ListAsync(RunFilter filter, int top, RunId? after, CancellationToken cancellationToken)
    {
        var runs = new List<Run>();
        var query = tables.Runs.QueryAsync<TableEntity>(
            RunQuery.For(filter, after), Math.Min(top, 1000), cancellationToken: cancellationToken);
        await foreach (var page in query.AsPages())
        {
            foreach (var entity in page.Values)
            {
                var run = (await ReadAsync(entity, cancellationToken)).Run;
                if (filter.Finds(run)) runs.Add(run);
                if (runs.Count == top) return runs;
            }
        }

        return runs;
    }

    public async Task<long> CountAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        // Texts are in the records, which nothing else needs to count them.
        string[]? columns = filter.Search is null ? ["RowKey"] : null;
        var count = 0L;
        await foreach (var entity in tables.Runs.QueryAsync<TableEntity>(RunQuery.For(filter, null), 1000, columns, cancellationToken))
            if (columns is not null || filter.Finds((await ReadAsync(entity, cancellationToken)).Run)) count++;
        return count;
    }

    private async Task<TableEntity> ToEntityAsync(Run run, CancellationToken cancellationToken)
    {
        // The stages have columns of their own.
        var json = JsonSerializer.Serialize(run with { Timeline = [] }, CoreJson.Options);
        if (json.Length > RunEntity.MaxJson) await blobs.SaveJsonAsync(run.Id, RunBlobs.Details, run, cancellationToken);
        return RunEntity.From(run, json);
    }

    private async Task<StoredRun> ReadAsync(TableEntity entity, CancellationToken cancellationToken) =>
        entity.GetString("json") is { Length: > 0 } json
            ? RunEntity.Read(entity, json)
            : RunEntity.Read(entity, await blobs.LoadTextAsync(new RunId(entity.GetString("id")), RunBlobs.Details, cancellationToken));
}
