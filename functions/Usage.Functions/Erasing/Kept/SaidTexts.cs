using Usage.Core.Accounts;
using Usage.Core.Issues;
using Usage.Core.Runs;

namespace Usage.Functions.Erasing.Kept;

/// <summary>
/// What a run's record says of lines that are no rows, and of the file as a whole, without what names an account. How many there were
/// stays.
/// </summary>
internal static class SaidTexts
{
    public const string Erased = "what was said here named an account that has been erased";

    /// <param name="isPlanned">Whether the rows were read again without the account's.</param>
    /// <returns>Null: nothing names it.</returns>
    public static Run? Without(Run run, AccountNames names, bool isPlanned)
    {
        var left = run with
        {
            Ignored = Without(run.Ignored, names),
            Issues = [.. run.Issues.Select(issue => issue with
            {
                Samples = [.. issue.Samples.Where(sample => (isPlanned && sample.Row is not null) || !Names(sample))],
            })],
            Error = run.Error is { } error && names.AreIn(error.Message) ? error with { Message = Erased } : run.Error,
        };
        return Texts(left) == Texts(run) && left.Error == run.Error ? null : left;

        bool Names(IssueSample sample) => names.AreIn(sample.Message) || (sample.Found is { } text && names.AreIn(text));

        static int Texts(Run of) => of.Ignored.Sum(lines => lines.Samples.Count) + of.Issues.Sum(issue => issue.Samples.Count);
    }

    public static IReadOnlyList<IgnoredRows> Without(IReadOnlyList<IgnoredRows> ignored, AccountNames names) =>
        [.. ignored.Select(lines => lines with { Samples = [.. lines.Samples.Where(sample => !names.AreIn(sample.Text))] })];
}
