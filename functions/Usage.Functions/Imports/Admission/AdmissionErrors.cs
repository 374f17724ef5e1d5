using Usage.Core;
using Usage.Core.Files.Rejected;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Problems;
using Usage.Core.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>Why a file isn't read at all.</summary>
internal static class AdmissionErrors
{
    /// <summary>Columns and rows that one message names at most.</summary>
    public const int MostNamed = 10;

    public static RunError UnknownIntegration(Drop drop) => new(IssueCode.UnknownIntegration, drop.Folder.Length == 0
        ? $"found the file \"{drop.Path}\" outside of any folder, expected it in the folder of an integration: "
            + "imports/{integration}/{file}."
        : $"found the folder \"{drop.Folder}\", expected the id of an integration. Make it with PUT /api/integrations/{drop.Folder}, "
            + "or drop the file into the folder of one that is there.");

    public static RunError Changed(IntegrationId integration) => new(IssueCode.IntegrationNotReady,
        $"The integration {integration}, or a product that it maps, was deleted or changed in the moment in which the file came. "
            + "Look at them, then drop the file again.");

    public static RunError NotReady(Integration integration, IReadOnlyList<Problem> problems) => new(IssueCode.IntegrationNotReady,
        $"The integration {integration.Id} can't be used as it is: {string.Join("; ", problems.Select(problem => problem.Message))}. "
            + $"Mend it with PUT /api/integrations/{integration.Id}, then drop the file again.");

    public static RunError NothingRejected(Run run) => new(IssueCode.NothingRejected,
        $"The file brings back rows of run {run.Id}, which is {CoreJson.Word(run.Status)} and has rejected none: nothing was recorded. "
            + "Import that run's file again, or drop these rows without the column _run, as a file of its own.");

    public static RunError ColumnsMissing(IEnumerable<string> missing, IReadOnlyList<string> there) => new(IssueCode.MissingColumn,
        $"header: found {Named(there)}, expected {Named(missing)} too, as in the rejected rows: nothing was recorded.");

    public static RunError ColumnsTwice(IEnumerable<string> twice) => new(IssueCode.DuplicateColumn,
        $"header: found {Named(twice)} more than once, expected each once, as in the rejected rows: nothing was recorded.");

    /// <param name="run">That rejected them.</param>
    /// <param name="wrong">What isn't as it was sent out, or can't be read.</param>
    public static RunError RowsApart(RunId run, IReadOnlyList<string> wrong) => new(IssueCode.RowsApart,
        $"{string.Join("; ", wrong)}. Nothing was recorded: the file brings back rows that run {run} rejected, each by its number in _row. "
            + "Mend it, and drop it again.");

    public static string NotRejected(CorrectedLine line) =>
        $"row {line.Place}, column \"_row\": found \"{CellText.Shown(line.Row)}\", expected the number of a row that the run rejected";

    public static string Twice(CorrectedLine line) =>
        $"row {line.Place}, column \"_row\": found {CellText.Shown(line.Row)} again, expected each row once";

    private static string Named(IEnumerable<string> names) =>
        string.Join(", ", names.Take(MostNamed).Select(name => $"\"{CellText.Shown(name)}\""));
}
