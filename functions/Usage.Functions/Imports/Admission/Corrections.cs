using System.Globalization;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Rejected;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Core.Snapshots.Merging;
using Usage.Functions.Settings;
using Usage.Storage.Children;
using Usage.Storage.Imports;
using Usage.Storage.Imports.Rows;
using Usage.Storage.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>
/// Finds files in which the rejected rows of a run come back: they are no imports, but fixes of that run. What was corrected is kept by the
/// batches of the run's file, in bounded memory.
/// </summary>
public sealed class Corrections(
    RunStore runs, RunFiles files, SourceFiles sources, RowFiles rejected, ChildFiles children, UsageOptions options)
{
    /// <summary>Characters of cells that are kept in memory until they are written.</summary>
    private const int MostInMemory = 16 << 20;

    /// <param name="Parent">Whose file is read: never a replay or fix itself.</param>
    /// <param name="Plan">Of the fix; null: it can't be made.</param>
    /// <param name="Error">Why not.</param>
    public sealed record Found(StoredRun Parent, ChildPlan? Plan, RunError? Error = null)
    {
        /// <summary>Of the file.</summary>
        public string? Sha256 { get; init; }
    }

    /// <param name="stored">Has its copy of the file.</param>
    /// <param name="integration">In whose folder it lies.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: the file is one of its own.</returns>
    public async Task<Found?> FindAsync(StoredRun stored, Integration integration, CancellationToken cancellationToken)
    {
        var file = new CorrectedFile(
            stored.Source.Blob, cancellationToken => sources.OpenAsync(stored.Content, cancellationToken), integration.File,
            options.Limits);
        if (!RunId.TryParse(await file.FindRunAsync(cancellationToken), out var named)
            || await runs.FindAsync(named, cancellationToken) is not { } rejecting
            || rejecting.Run.Integration != integration.Id || !rejecting.Run.HasEnded()
            || rejecting.Run.Kind is not (RunKind.Import or RunKind.Replay or RunKind.Fix)
            || await runs.FindAsync(rejecting.Run.FileOf(), cancellationToken) is not { } parent
            || rejecting.Run.Rows.Read == 0
            || await files.FindMappingAsync(parent.Run.Id, cancellationToken) is not { } mapping) return null;
        if (parent.Run.Status is RunStatus.Cancelled or RunStatus.Duplicate || rejecting.Run.Status is RunStatus.Cancelled)
            return new Found(parent, null, AdmissionErrors.NothingRejected(rejecting.Run));
        var plan = (await files.PlanAsync(parent.Run.Id, cancellationToken)).Plan;
        var there = await file.ColumnsAsync(cancellationToken);
        return ColumnsApart(mapping, plan, [.. there.Select(column => column.Name)]) is { } error ? new Found(parent, null, error)
            : await KeepAsync(stored.Run.Id, file, named, parent, plan, cancellationToken);
    }

    /// <summary>A column that is gone or there twice would leave a guess of what its cells are.</summary>
    private static RunError? ColumnsApart(ImportMapping mapping, FilePlan plan, IReadOnlyList<string> there)
    {
        var (columns, wanted) = (new ColumnMap(plan), mapping.Columns().ToList());
        var names = wanted.Select(columns.NameOf).Distinct(StringComparer.OrdinalIgnoreCase).ToLookup(name => there.Count(other =>
            string.Equals(other, name, StringComparison.OrdinalIgnoreCase)));
        if (names[0].Any()) return AdmissionErrors.ColumnsMissing(names[0], there);
        return names.Where(count => count.Key > 1).SelectMany(count => count).ToList() is { Count: > 0 } twice
            ? AdmissionErrors.ColumnsTwice(twice) : null;
    }

    private async Task<Found> KeepAsync(
        RunId fix, CorrectedFile file, RunId named, StoredRun parent, FilePlan plan, CancellationToken cancellationToken)
    {
        var columns = Columns(plan, await file.ColumnsAsync(cancellationToken));
        var sent = await rejected.RejectedAsync(named, plan, cancellationToken);
        var (seen, wrong) = (new RowSet(plan.Rows), new List<string>());
        var (kept, characters, parts) = (new SortedDictionary<int, List<CorrectedRow>>(), 0L, 0);
        await foreach (var line in file.ReadAsync([.. columns.Select(column => column.Column)], cancellationToken))
        {
            if (wrong.Count == AdmissionErrors.MostNamed) break;
            if (line is { Broken: { } broken, IsRaw: false }) wrong.Add(broken.Message);
            else if (!long.TryParse(line.Row, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                || row < 1 || row > plan.Rows || !sent.Has(row)) wrong.Add(AdmissionErrors.NotRejected(line));
            else if (!seen.TryAdd(row)) wrong.Add(AdmissionErrors.Twice(line));
            else
            {
                var batch = plan.Batches.First(batch => row < batch.FirstRow + batch.Rows).Index;
                if (!kept.TryGetValue(batch, out var rows)) kept.Add(batch, rows = []);
                rows.Add(new CorrectedRow(row, Cells(plan, columns, line)));
                characters += line.Cells.Sum(cell => cell.Length) + (plan.Header.Count * sizeof(long));
                if (characters < MostInMemory) continue;
                await SaveAsync();
            }
        }

        if (wrong.Count > 0) return new Found(parent, null, AdmissionErrors.RowsApart(named, wrong));
        await SaveAsync();
        return new Found(parent, new ChildPlan(parent.Run.Id) { Correction = new Correction(named, parts) })
        {
            Sha256 = file.Sha256,
        };

        async Task SaveAsync()
        {
            foreach (var (batch, rows) in kept) await children.SaveCorrectedAsync(fix, batch, parts, rows, cancellationToken);
            (characters, parts) = (0, parts + 1);
            kept.Clear();
        }
    }

    /// <summary>Where the columns of the run's file stand in the corrected one. Of columns with one name the first is the first.</summary>
    private static List<(int Place, int Column)> Columns(FilePlan plan, IReadOnlyList<(string Name, int Column)> there)
    {
        var (found, left) = (new List<(int, int)>(), there.ToList());
        for (var place = 0; place < plan.Header.Count; place++)
        {
            var at = left.FindIndex(column => string.Equals(column.Name, plan.Header[place], StringComparison.OrdinalIgnoreCase));
            if (at < 0) continue;
            found.Add((place, left[at].Column));
            left.RemoveAt(at);
        }

        return found;
    }

    private static string?[] Cells(FilePlan plan, List<(int Place, int Column)> columns, CorrectedLine line)
    {
        if (line.IsRaw) return [];
        var cells = new string?[plan.Header.Count];
        for (var i = 0; i < columns.Count; i++) cells[columns[i].Place] = line.Cells[i];
        return cells;
    }
}
