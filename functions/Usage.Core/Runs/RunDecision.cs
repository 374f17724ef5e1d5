using Usage.Core.Integrations;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Runs;

/// <summary>
/// Decides, when all rows are read and before the first snapshot is written, whether a run goes on; and how it ends.
/// </summary>
public static class RunDecision
{
    private const string Remedy =
        "Nothing was recorded. Mend the rows in rejected.csv and drop that file, or allow more in the integration's onError.";

    private const string RemedyOfNothing = "Mend the rows in rejected.csv and drop that file, or correct the integration's mapping.";

    private const string Defect = "This is a defect of the importer: report it, then import the file again with force.";

    /// <param name="policy">The integration's.</param>
    /// <param name="rows">Of all batches; recorded and superseded are not needed yet.</param>
    /// <param name="anyValueAccepted">Some row has a value that would be written.</param>
    /// <returns>Why the run fails with nothing recorded, or null: it goes on.</returns>
    public static RunError? Refusal(ErrorPolicy policy, RowCounts rows, bool anyValueAccepted) =>
        Aborted(policy, rows) ?? TooMany(policy, rows) ?? TooManyInPercent(policy, rows) ?? NothingRecorded(rows, anyValueAccepted);

    /// <summary>The status of a run that was not refused and has written what there was to write.</summary>
    public static RunStatus Status(RowCounts rows) => rows.Rejected() == 0 ? RunStatus.Succeeded : RunStatus.PartiallySucceeded;

    /// <returns>Null when the counts add up to the rows read, as they always must.</returns>
    public static RunError? DontAddUp(RowCounts rows)
    {
        if (rows.AddUp() && rows.Superseded >= 0) return null;
        var sum = rows.Recorded + rows.Superseded + rows.Empty + rows.Rejected();
        return new RunError(IssueCode.CountsDiffer,
            Invariant($"found outcomes of {sum:N0} rows, expected one for each of the {rows.Read:N0} rows read. {Defect}"));
    }

    /// <returns>Null: there is something to record, or nothing was rejected.</returns>
    public static RunError? NothingRecorded(RowCounts rows, bool anyValueAccepted) =>
        rows.Rejected() > 0 && !anyValueAccepted
            ? new RunError(IssueCode.NothingRecorded,
                $"found {Found(rows)} and no row with a value to record, expected at least one. {RemedyOfNothing}")
            : null;

    private static RunError? Aborted(ErrorPolicy policy, RowCounts rows) =>
        policy.Mode == ErrorMode.Abort && rows.Rejected() > 0
            ? new RunError(IssueCode.Aborted, Invariant($"found {Found(rows)}, allowed none (onError.mode is \"abort\"). {Remedy}"))
            : null;

    private static RunError? TooMany(ErrorPolicy policy, RowCounts rows) =>
        rows.Rejected() > policy.MaxErrors
            ? new RunError(IssueCode.TooManyErrors,
                Invariant($"found {Found(rows)}, allowed at most {policy.MaxErrors:N0} (onError.maxErrors). {Remedy}"))
            : null;

    private static RunError? TooManyInPercent(ErrorPolicy policy, RowCounts rows)
    {
        // In decimal, so that 7 of 1,000 rows are not more than 0.7 percent.
        if (policy.MaxErrorPercent is not { } percent || rows.Rejected() * 100m <= (decimal)percent * rows.Read) return null;
        var found = Invariant($"found {Found(rows)}, {rows.Rejected() * 100m / rows.Read:0.##} % of {rows.Read:N0} rows");
        return new RunError(IssueCode.TooManyErrors,
            Invariant($"{found}, allowed at most {percent:0.##########} % (onError.maxErrorPercent). {Remedy}"));
    }

    private static string Found(RowCounts rows)
    {
        (long Rows, string Kind)[] all =
            [(rows.Partial, "partial"), (rows.Unmatched, "unmatched"), (rows.Ambiguous, "ambiguous"), (rows.Invalid, "invalid")];
        string[] parts = [.. all.Where(part => part.Rows > 0).Select(part => Invariant($"{part.Rows:N0} {part.Kind}"))];
        var kinds = parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        return $"{kinds} row{(rows.Rejected() == 1 ? "" : "s")}";
    }
}
