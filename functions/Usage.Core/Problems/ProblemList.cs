namespace Usage.Core.Problems;

/// <summary>Collects problems, so that all are reported at once.</summary>
public sealed class ProblemList
{
    private readonly List<Problem> _problems = [];

    public IReadOnlyList<Problem> Problems => _problems;

    public void Wrong(string code, string path, string message) => _problems.Add(new Problem(code, path, message));

    /// <summary>It is required, and still to be chosen.</summary>
    public void Open(string path, string message) =>
        _problems.Add(new Problem(ProblemCode.Required, path, message) { IsOpen = true });

    public void Conflict(string code, string path, string message) =>
        _problems.Add(new Problem(code, path, message) { Kind = ProblemKind.Conflict });

    public void Warn(string code, string path, string message) =>
        _problems.Add(new Problem(code, path, message) { Kind = ProblemKind.Warning });

    /// <summary>A text that must be there, without control characters, of limited length.</summary>
    /// <returns>Whether it is.</returns>
    public bool Text(string path, string? text, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text)) Wrong(ProblemCode.Required, path, $"found nothing, expected 1 to {maxLength} characters");
        else if (text.Length > maxLength) Wrong(ProblemCode.TooLong, path, $"found {text.Length} characters, expected at most {maxLength}");
        else if (text.Any(char.IsControl))
            Wrong(ProblemCode.Invalid, path, $"found \"{CellText.Shown(text)}\", expected no control characters");
        else return true;
        return false;
    }

    public void AtMost(string path, int count, int max, string what)
    {
        if (count > max) Wrong(ProblemCode.TooMany, path, $"found {count} {what}, expected at most {max}");
    }
}
