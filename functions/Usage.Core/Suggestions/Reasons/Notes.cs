using Usage.Core.Suggestions.Columns;

namespace Usage.Core.Suggestions.Reasons;

/// <summary>Collects what is told about a proposal while it is made.</summary>
internal sealed class Notes
{
    private readonly List<SuggestionReason> _reasons = [];
    private readonly List<SuggestionWarning> _warnings = [];
    private readonly List<SuggestionChoice> _choices = [];
    private readonly List<(int Place, ColumnAlternative Told)> _columns = [];

    public IReadOnlyList<SuggestionReason> Reasons => _reasons;

    public IReadOnlyList<SuggestionWarning> Warnings => _warnings;

    public IReadOnlyList<SuggestionChoice> Choices => _choices;

    public void Because(string reason) => _reasons.Add(new SuggestionReason(null, reason));

    public void Warn(string code, string message) => _warnings.Add(new SuggestionWarning(code, message));

    public void LeaveOpen(string what, params IReadOnlyList<ChoiceOption> options) => _choices.Add(new SuggestionChoice(what, options));

    /// <summary>What the column is proposed to be.</summary>
    public void Propose(ColumnProfile column, string target, Confidence confidence, string reason)
    {
        _reasons.Add(new SuggestionReason(column.Name, reason));
        _columns.Insert(_columns.FindIndex(one => one.Place == column.Place) is >= 0 and var first ? first : _columns.Count,
            (column.Place, new ColumnAlternative(target, confidence, reason)));
    }

    /// <summary>What else it could be.</summary>
    public void Consider(ColumnProfile column, string target, Confidence confidence, string reason) =>
        _columns.Add((column.Place, new ColumnAlternative(target, confidence, reason)));

    public IReadOnlyList<ColumnAlternative> Of(int place) => [.. _columns.Where(one => one.Place == place).Select(one => one.Told)];
}
