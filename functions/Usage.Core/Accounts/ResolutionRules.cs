using Usage.Core.Problems;

namespace Usage.Core.Accounts;

/// <summary>Checks what somebody says of an identifier, on its own.</summary>
public static class ResolutionRules
{
    public const int MaxReasonLength = 500;

    /// <param name="maxKey">UTF-16 units that a key may have.</param>
    /// <param name="said">How many of account, create and ignore are there.</param>
    /// <param name="today">Where the files arrive.</param>
    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(string key, int maxKey, int said, Ignoring? ignore, DateOnly today)
    {
        var problems = new ProblemList();
        var trimmed = CellText.Trim(key);
        if (trimmed.Length == 0) problems.Wrong(ProblemCode.Required, "key", $"found nothing, expected 1 to {maxKey} characters");
        if (trimmed.Length > maxKey)
            problems.Wrong(ProblemCode.TooLong, "key", $"found {trimmed.Length} characters, expected at most {maxKey}");
        if (said != 1) problems.Wrong(ProblemCode.Invalid, "", $"found {said} of account, create and ignore, expected one of them");
        if (ignore is null) return problems.Problems;
        problems.Text("ignore.reason", ignore.Reason, MaxReasonLength);
        if (ignore.Until <= today)
            problems.Wrong(ProblemCode.OutOfRange, "ignore.until",
                $"found {ignore.Until:yyyy-MM-dd}, expected a day after today, {today:yyyy-MM-dd}, on which it is listed again");
        return problems.Problems;
    }
}
