using Usage.Core;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Runs;
using Usage.Functions.Children;
using Usage.Functions.Http.Errors;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Runs;

namespace Usage.Functions.Mending;

/// <summary>The runs from which others follow.</summary>
public sealed class Parents(RunStore runs, RunFiles files, SourceFiles sources, AnewFixes anew, UndoStore undos)
{
    /// <summary>The run whose file was imported: itself, or what a replay or fix goes back to.</summary>
    /// <returns>Null: there is no such run.</returns>
    public async Task<StoredRun?> FindAsync(RunId run, CancellationToken cancellationToken)
    {
        var found = await runs.FindAsync(run, cancellationToken);
        while (found?.Run is { Kind: RunKind.Replay or RunKind.Fix, Parent: { } parent })
            found = await runs.FindAsync(parent, cancellationToken);
        return found;
    }

    /// <summary>
    /// The run whose rows a fix takes up: the one whose file was imported. Where that couldn't be planned it is a fix of it that could: the
    /// one that was named, unless another one has the file, else the last that stands.
    /// </summary>
    /// <returns>Null: there is no such run.</returns>
    public async Task<StoredRun?> FindRootAsync(RunId run, CancellationToken cancellationToken)
    {
        var reader = await runs.FindAsync(run, cancellationToken);
        if (reader?.Run.IsChild() == true) reader = await runs.FindAsync(reader.Run.FileOf(), cancellationToken);
        if (reader is { Run.PlansAnew: true } && !reader.Run.IsUndecided()
            && await anew.OtherAsync(reader.Run, cancellationToken) is null) return reader;
        var import = await FindAsync(run, cancellationToken);
        if (import?.Run.IsUndecided() != true) return import;
        return await anew.StandingAsync(import.Run, cancellationToken) is [.., var last] ? last : import;
    }

    /// <param name="asked">It, or the replay or fix of it that was named.</param>
    /// <returns>Why no rows of it can be taken up again; null: they can.</returns>
    public async Task<ApiError?> RefusalAsync(StoredRun parent, RunId asked, CancellationToken cancellationToken)
    {
        var run = parent.Run;
        if (!run.IsRoot() || run.Integration is null)
            return new ApiError("no-import", "run", $"Run {run.Id} has imported no file: it is of kind {CoreJson.Word(run.Kind)}.");
        if (!run.HasEnded()) return new ApiError("not-ended", "run", $"Run {run.Id} hasn't ended: wait until it has.");
        if (run.Status is RunStatus.Cancelled or RunStatus.Duplicate)
            return new ApiError(
                IssueCode.NothingRejected, "run",
                $"Run {run.Id} is {CoreJson.Word(run.Status)}, and has rejected no rows: import its file again.");
        foreach (var id in new[] { run.Id, asked })
            if ((await undos.OfAsync(id, cancellationToken)).IsWhole)
                return new ApiError("undone", "run", $"Run {id} is undone: undo the undo first, or import its file again.");
        if (run.Error is { Code: not IssueCode.ImportFailed } error && !run.IsRefused() && !run.IsUndecided())
            return new ApiError(
                IssueCode.NothingRejected, "run",
                $"Run {run.Id} was refused as a whole before any row was looked at ({error.Code}), and has rejected no rows: mend the "
                    + "integration as its error says and import the file again (POST /api/runs/{run}/again), or mend the file itself.");
        return await IsKeptAsync(parent, cancellationToken) ? null
            : new ApiError(
                "details-gone", "run",
                $"What run {run.Id} read isn't kept (any more; Usage__Upkeep__RunDetailDays says for how many days it is).");
    }

    private async Task<bool> IsKeptAsync(StoredRun root, CancellationToken cancellationToken)
    {
        var run = root.Run;
        if (await files.FindMappingAsync(run.Id, cancellationToken) is null) return false;
        if (!run.IsUndecided()) return run.Rows.Read > 0;
        return root.Pinned is not null && await sources.ExistsAsync(root.Content, cancellationToken)
            && await files.FindUndecidedAsync(run.Id, cancellationToken) is not null;
    }
}
