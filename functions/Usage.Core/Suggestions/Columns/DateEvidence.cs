namespace Usage.Core.Suggestions.Columns;

/// <summary>A way to read a column's cells as dates.</summary>
/// <param name="ProofRow">The first row that shows that they are written so; null where another reading is as good.</param>
/// <param name="Days">The different dates, as far as they are kept.</param>
internal sealed record DateFinding(DateForm Form, long Count, long? ProofRow, string Proof, IReadOnlyCollection<DateOnly> Days);

/// <summary>Cells of one column of which one can only be read day first, the other only month first.</summary>
internal sealed record DateClash(long DayFirstRow, string DayFirst, long MonthFirstRow, string MonthFirst);

/// <summary>Which forms of dates a column's cells have.</summary>
internal sealed class DateEvidence
{
    private const int MaxDays = 5000;
    private const int JudgedAfter = 100;

    private readonly List<Candidate> _candidates = [.. DateForm.All.Select(form => new Candidate(form))];
    private long _cells;

    public void Add(ReadOnlySpan<byte> cell, string text, long row)
    {
        _cells++;
        foreach (var candidate in _candidates) candidate.Add(cell, text, row);
        foreach (var candidate in _candidates)
            if (candidate is { Reads: true, Form.Opposite: { } other } && Find(other) is not { Reads: true }) candidate.Prove(text, row);
        // Most columns hold no dates, and trying thirty forms on each of their cells takes its time.
        if (_cells % JudgedAfter == 0) _candidates.RemoveAll(candidate => Together(candidate) * 2 < _cells);
    }

    /// <summary>What no order of day and month reads: nearly all cells are dates, some of the one order, some of the other.</summary>
    /// <param name="filled">Cells that hold something, without words for nothing.</param>
    public DateClash? FindClash(long filled)
    {
        foreach (var one in _candidates.Where(c => c.Form.Format[0] == 'd' && c.Owns > 0))
            if (Find(one.Form.Opposite ?? "") is { Owns: > 0 } other && Together(one) * 10 >= filled * 9)
                return new DateClash(one.Own, one.OwnText, other.Own, other.OwnText);
        return null;
    }

    /// <summary>
    /// The forms that read nearly all cells, the most fitting first: two of them where nothing proves the order of day and month.
    /// </summary>
    /// <param name="filled">Cells that hold something, without words for nothing.</param>
    /// <param name="digits">Forms of digits only too: the column's name says that they are dates.</param>
    public IReadOnlyList<DateFinding> Find(long filled, bool digits)
    {
        var fitting = _candidates.Where(c => c.Count > 0 && c.Count * 10 >= filled * 9 && (digits || !c.Form.Digits))
            .OrderByDescending(c => c.Count).ThenByDescending(c => c.Own > 0).ToList();
        if (fitting is not [var best, ..]) return [];
        if (best.Form.Opposite is not { } opposite) return [best.ToFinding(best.First)];
        var other = Find(opposite);
        if (other is null || best.Own > 0 || best.Count > other.Count) return [best.ToFinding(best.Own)];
        var (one, two) = (best.ToFinding(0), other.ToFinding(0));
        // As 05/05/2024 in all rows: the order doesn't matter.
        return one.Days.SequenceEqual(two.Days) ? [best.ToFinding(best.First)] : [one, two];
    }

    /// <summary>Cells that are dates in this order, or in the other one only.</summary>
    private long Together(Candidate candidate) =>
        candidate.Count + (candidate.Form.Opposite is { } opposite && Find(opposite) is { } other ? other.Owns : 0);

    private Candidate? Find(string format) => _candidates.Find(candidate => candidate.Form.Format == format);

    private sealed class Candidate(DateForm form)
    {
        private readonly HashSet<DateOnly> _days = [];
        private string _firstText = "";
        private string? _tellingText;

        public DateForm Form => form;

        public long Count { get; private set; }

        public long First { get; private set; }

        /// <summary>The first row that only this order of day and month reads.</summary>
        public long Own { get; private set; }

        public string OwnText { get; private set; } = "";

        public long Owns { get; private set; }

        public bool Reads { get; private set; }

        public void Add(ReadOnlySpan<byte> cell, string text, long row)
        {
            Reads = form.Read(cell, out var date);
            if (!Reads) return;
            if (Count++ == 0) (First, _firstText) = (row, text);
            // Another day in the other order.
            if (_tellingText is null && date.Day != date.Month) _tellingText = text;
            if (_days.Count < MaxDays) _days.Add(date);
        }

        public void Prove(string text, long row)
        {
            if (Owns++ == 0) (Own, OwnText) = (row, text);
        }

        public DateFinding ToFinding(long proof) =>
            new(form, Count, proof > 0 ? proof : null,
                proof == 0 ? _tellingText ?? _firstText : proof == Own ? OwnText : _firstText, [.. _days.Order()]);
    }
}
