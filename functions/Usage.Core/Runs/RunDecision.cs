using System.Globalization;
using Usage.Core.Integrations;
using Usage.Core.Issues;

namespace Usage.Core.Runs;

/// <summary>Whether a run goes on to write, decided when all rows are read and before the first snapshot is written; and how it ends.</summary>
public static class RunDecision
{
    private const string Remedy = "Nothing was recorded. Mend the rows in rejected.csv and drop that file, or allow more in the integration's onError.";

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
        return new RunError(IssueCode.CountsDiffer, Text(
            $"found outcomes of {sum:N0} rows, expected one for each of the {rows.Read:N0} rows read. This is a defect of the importer: report it, then import the file again with force."));
    }

    private static RunError? Aborted(ErrorPolicy policy, RowCounts rows) =>
        policy.Mode == ErrorMode.Abort && rows.Rejected() > 0
            ? new RunError(IssueCode.Aborted, Text($"found {Found(rows)}, allowed none (onError.mode is \"abort\"). {Remedy}"))
            : null;

    private static RunError? TooMany(ErrorPolicy policy, RowCounts rows) =>
        rows.Rejected() > policy.MaxErrors
            ? new RunError(IssueCode.TooManyErrors, Text($"found {Found(rows)}, allowed at most {policy.MaxErrors:N0} (onError.maxErrors). {Remedy}"))
            : null;

    private static RunError? TooManyInPercent(ErrorPolicy policy, RowCounts rows)
    {
        // In decimal, so that 7 of 1,000 rows are not more than 0.7 percent.
        if (policy.MaxErrorPercent is not { } percent || rows.Rejected() * 100m <= (decimal)percent * rows.Read) return null;
        var share = rows.Rejected() * 100m / rows.Read;
        return new RunError(IssueCode.TooManyErrors, Text(
            $"found {Found(rows)}, {share:0.##} % of {rows.Read:N0} rows, allowed at most {percent:0.##########} % (onError.maxErrorPercent). {Remedy}"));
    }

    private static RunError? NothingRecorded(RowCounts rows, bool anyValueAccepted) =>
        rows.Rejected() > 0 && !anyValueAccepted
            ? new RunError(IssueCode.NothingRecorded, Text(
                $"found {Found(rows)} and no row with a value to record, expected at least one. Mend the rows in rejected.csv and drop that file, or correct the integration's mapping."))
            : null;

    private static string Found(RowCounts rows)
    {
        var parts = new[] { (rows.Partial, "partial"), (rows.Unmatched, "unmatched"), (rows.Ambiguous, "ambiguous"), (rows.Invalid, "invalid") }
            .Where(part => part.Item1 > 0)
            .Select(part => Text($"{part.Item1:N0} {part.Item2}"))
            .ToArray();
        var kinds = parts.Length == 1 ? parts[0] : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        return $"{kinds} row{(rows.Rejected() == 1 ? "" : "s")}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
