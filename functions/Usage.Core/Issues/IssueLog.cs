namespace Usage.Core.Issues;

/// <summary>
/// Collects findings: how many of each code, and the first <see cref="RunIssue.MaxSamples"/> by row. Logs of different rows can be
/// merged in any order with the same result. Findings about the file as a whole come first.
/// </summary>
public sealed class IssueLog
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <param name="issues">A first set, as <see cref="Merge"/> takes it.</param>
    public IssueLog(IEnumerable<RunIssue>? issues = null) => Merge(issues ?? []);

    public void Add(string code, IssueSample sample, Severity severity = Severity.Error)
    {
        var entry = Get(code, severity);
        entry.Count++;
        Insert(entry.Samples, sample);
    }

    /// <summary>Counts are added, samples keep the first.</summary>
    public void Merge(IEnumerable<RunIssue> issues)
    {
        foreach (var issue in issues)
        {
            var entry = Get(issue.Code, issue.Severity);
            entry.Count += issue.Count;
            foreach (var sample in issue.Samples) Insert(entry.Samples, sample);
        }
    }

    /// <summary>In the order of the rows that each was found in first.</summary>
    public IReadOnlyList<RunIssue> ToIssues() =>
    [
        .. _entries
            .OrderBy(entry => entry.Value.Samples.FirstOrDefault()?.Row ?? 0)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new RunIssue
            {
                Code = entry.Key,
                Severity = entry.Value.Severity,
                Count = entry.Value.Count,
                Samples = [.. entry.Value.Samples],
            }),
    ];

    private Entry Get(string code, Severity severity)
    {
        if (!_entries.TryGetValue(code, out var entry)) _entries.Add(code, entry = new Entry(severity));
        return entry;
    }

    private static void Insert(List<IssueSample> samples, IssueSample sample)
    {
        var place = samples.Count;
        while (place > 0 && ComesBefore(sample, samples[place - 1])) place--;
        if (place < RunIssue.MaxSamples) samples.Insert(place, sample);
        if (samples.Count > RunIssue.MaxSamples) samples.RemoveAt(RunIssue.MaxSamples);
    }

    /// <summary>Findings of one row stay in the order in which they were found.</summary>
    private static bool ComesBefore(IssueSample sample, IssueSample other) => (sample.Row, other.Row) switch
    {
        (null, null) => string.CompareOrdinal(sample.Message, other.Message) < 0,
        _ => (sample.Row ?? 0) < (other.Row ?? 0),
    };

    private sealed class Entry(Severity severity)
    {
        public Severity Severity => severity;

        public long Count { get; set; }

        public List<IssueSample> Samples { get; } = [];
    }
}
