using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Runs;
using Usage.Functions.Changes.TakingBack;
using Usage.Functions.Runs.Rows;
using Usage.Functions.Tests.Imports;
using Usage.Functions.Tests.Runs;
using Usage.Functions.Unmatched;
using Usage.Storage;
using Usage.Storage.Changes;
using Usage.Storage.Children;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Tests.Erasing;

/// <summary>A product with an integration, the runs of it, and all that can be read of them.</summary>
/// <param name="without">Whose rows the files of this world don't have; null: they have all.</param>
internal sealed class EraseWorld(ImportHost host, Integration integration, Func<string, bool>? without)
{
    private static readonly DimensionId Seats = new("seats");

    private readonly List<Made> _runs = [];

    /// <param name="Id">Null: there is no such run in this world.</param>
    /// <param name="Numbers">By the row's number in this world's file, that in the whole one.</param>
    private sealed record Made(RunId? Id, IReadOnlyList<int> Numbers, DateTimeOffset Arrival);

    public int Count => _runs.Count;

    public IntegrationId Id => integration.Id;

    /// <summary>One that has written or read nothing is none.</summary>
    public RunId? RunOf(int place) => _runs[place].Id;

    public async Task ImportAsync(IReadOnlyList<string> rows, DateTimeOffset arrival)
    {
        var numbers = Enumerable.Range(0, rows.Count).Where(row => without?.Invoke(rows[row].Split(',')[0]) != true).ToList();
        var text = new StringBuilder(ImportHost.Header);
        foreach (var row in numbers) text.Append(rows[row]).Append('\n');
        var drop = await host.DropBytesAsync(
            integration.Id.Value, Encoding.UTF8.GetBytes(text.ToString()), $"{Guid.NewGuid():N}.csv", force: true);
        var run = await host.ImportAsync(drop with { ArrivedAt = arrival });
        Assert.True(run.Status is RunStatus.Succeeded or RunStatus.PartiallySucceeded, $"{run.Status} {run.Error?.Message}");
        _runs.Add(new Made(run.Id, [.. numbers.Select(row => row + 1)], arrival));
    }

    public Task FixAsync(int parent, MendRule rule) =>
        AddChildAsync(parent, of => host.FixAsync(new ChildPlan(of) { Mends = new Mends { Rules = [rule] } }));

    public Task ReplayAsync(int parent, string key, AccountId account) =>
        AddChildAsync(parent, of => host.ReplayAsync(of, key, account));

    public Task AgainAsync(int of) => AddChildAsync(of, host.AgainAsync);

    /// <summary>The run is none in this world.</summary>
    public void Pass() => _runs.Add(new Made(null, [], default));

    public async Task UndoAsync(int place)
    {
        if (_runs[place].Id is not { } target || await host.Get<RunLogs>().FindIndexAsync(target, default) is not { Pieces.Count: > 0 })
        {
            Pass();
            return;
        }

        var undo = await host.UndoAsync(target);
        _runs.Add(new Made(undo.Id, [], default));
    }

    /// <summary>All that can be read, in lines; runs by their places.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(EraseWorld other)
    {
        var (lines, product) = (new List<string>(), integration.Products[0].Product);
        await foreach (var entity in host.Get<UsageTables>().Snapshots.QueryAsync<TableEntity>())
            if (entity.PartitionKey.Split('|') is [_, var of, var date, _] && of == product.Value && entity[$"d_{Seats}"] is { } value)
                lines.Add(FormattableString.Invariant($"stored {entity.RowKey} {date} {value}"));
        lines.Sort(StringComparer.Ordinal);
        foreach (var date in await host.Get<ProductDates>().ListAsync(product, null, null, default)) lines.Add($"date {date:O}");
        await foreach (var point in host.Get<ReportPointStore>().ListAsync(product, Seats, null, null, default))
            lines.Add(FormattableString.Invariant($"point {point.Date:O} {point.Accounts} {point.Sum}"));
        for (var place = 0; place < Count; place++)
            if (_runs[place].Id is { } run && other._runs[place].Id is not null) await ReadAsync(run, place, lines);
        var query = new UnmatchedList.Query(integration.Id, null, SeesRawRows: true);
        var list = host.Get<UnmatchedList>();
        await foreach (var (_, key) in list.ReadAsync(query, await list.OpenAsync(query, default), null, whole: true, default))
            lines.Add($"waits {key.Key} {key.Rows} {key.OtherRows}");
        return lines;
    }

    private async Task ReadAsync(RunId id, int place, List<string> lines)
    {
        var run = (await host.Runs.GetAsync(id, default)).Run;
        var issues = run.Issues.Select(
            issue => $"{issue.Code} {issue.Count} in {string.Join(' ', issue.Samples.Select(one => Row(one.Row)))}");
        lines.Add($"run {place} {run.Kind} {run.Rows} {run.Changes} {run.Values} {run.Snapshots} {string.Join(", ", issues)} "
            + string.Join(' ', run.Dates.Select(date => $"{date.Date:O}:{date.Snapshots}")));
        if (await host.Get<Storage.Imports.RejectedFile>().FindAsync(id, default) is { } rejected)
            lines.Add($"rejected {place} {Encoding.UTF8.GetString(await BytesAsync(rejected)).Split("\r\n").Length}");
        if (await host.Get<UndoPlans>().MakeAsync(id, ChangeScope.All, [], default) is { } plan
            && await host.Get<RunLogs>().FindIndexAsync(plan.Root, default) is { } index)
        {
            var preview = await host.Get<UndoPreviews>().MakeAsync(plan, index, default);
            // A run of which the erased account's values were all has nothing left to undo, and one that never had them never had any.
            if (preview.Reversed + preview.Removed > 0) lines.Add($"undo of {place}: {preview.Reversed} {preview.Removed}");
        }

        if ((await host.Get<KeptRuns>().FindAsync(id, default)).Run is not { } kept) return;
        for (long? after = 0; after is { } last;)
        {
            var page = await host.Get<RowPages>().ReadAsync(kept, RowFilter.All, last, 4, default);
            foreach (var row in page.Rows)
                lines.Add($"row {place}.{Row(row.Row)} {row.Outcome} {string.Join(',', row.Cells.Values)} {row.Account?.Id} "
                    + string.Join(' ', row.Issues.Select(issue => issue.Code))
                    + string.Join(' ', row.Stored.Select(one => $"{one.Date:O}={one.Value?.Number} was {one.Old?.Number}")));
            after = page.Next;
        }

        string Row(long? row) => row is { } its ? _runs[place].Numbers[(int)its - 1].ToString(CultureInfo.InvariantCulture) : "-";
    }

    private static async Task<byte[]> BytesAsync(Stream stream)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task AddChildAsync(int parent, Func<RunId, Task<Run>> mendAsync)
    {
        var made = _runs[parent];
        var child = await mendAsync(made.Id!.Value);
        Assert.True(child.HasEnded() && child.Status != RunStatus.Cancelled, child.Error?.Message);
        _runs.Add(made with { Id = child.Id });
    }
}
