using Usage.Core.Accounts.Matching;

namespace Usage.Core.Accounts.Unmatched;

/// <summary>
/// Collects the identifiers of a batch's waiting rows into pieces, each ordered by key: however many there are, it holds only as many at a
/// time as a piece has.
/// </summary>
public sealed class WaitingKeyLog(Stream to)
{
    /// <summary>Identifiers of a piece: a few hundred bytes of memory each.</summary>
    public const int MaxKeys = 1 << 14;

    private readonly Dictionary<(MatchBy By, string Key), Waiting> _keys = [];
    private readonly List<WaitingPiece> _pieces = [];
    private long _length;

    /// <param name="text">The cell, decoded.</param>
    /// <param name="counts">The row counts for this identifier.</param>
    /// <param name="context">Other cells of the row; asked for only when the identifier is new.</param>
    /// <param name="dates">Day numbers of the dates that the row would be recorded for.</param>
    public void Add(
        MatchBy by, string text, bool ambiguous, bool counts, Func<IEnumerable<WaitingDetails.Cell>> context, IReadOnlySet<int> dates)
    {
        var key = IdentifierKey.Of(by, text);
        if (!_keys.TryGetValue((by, key), out var waiting))
        {
            if (_keys.Count == MaxKeys) WritePiece();
            // Of an address or a path only the host identifies anybody.
            var shown = by == MatchBy.Domain ? key : IdentifierKey.Shorten(CellText.Trim(text));
            _keys[(by, key)] = waiting = new Waiting(shown, WaitingDetails.Pack(context()));
        }

        waiting.Ambiguous |= ambiguous;
        if (counts) waiting.Rows++;
        else waiting.OtherRows++;
        waiting.Dates.UnionWith(dates);
        while (waiting.Dates.Count > WaitingKey.MaxDates) waiting.Dates.Remove(waiting.Dates.Min);
    }

    /// <summary>Nothing can be added afterwards.</summary>
    public IReadOnlyList<WaitingPiece> Complete()
    {
        if (_keys.Count > 0) WritePiece();
        return _pieces;
    }

    private void WritePiece()
    {
        using var writer = new WaitingKeyWriter(to);
        foreach (var ((by, key), waiting) in _keys.OrderBy(pair => pair.Key.By).ThenBy(pair => pair.Key.Key, StringComparer.Ordinal))
            writer.Write(new WaitingKey
            {
                By = by,
                Key = key,
                Text = waiting.Text,
                Ambiguous = waiting.Ambiguous,
                Rows = waiting.Rows,
                OtherRows = waiting.OtherRows,
                PackedDates = WaitingDetails.Pack(waiting.Dates.Select(DateOnly.FromDayNumber)),
                PackedContext = waiting.Context,
            });
        _pieces.Add(new WaitingPiece(_length, writer.Length));
        _length += writer.Length;
        _keys.Clear();
    }

    private sealed class Waiting(string text, byte[] context)
    {
        public string Text => text;

        public byte[] Context => context;

        public bool Ambiguous { get; set; }

        public long Rows { get; set; }

        public long OtherRows { get; set; }

        public SortedSet<int> Dates { get; } = [];
    }
}

/// <summary>Where a piece lies in a batch's identifiers.</summary>
public readonly record struct WaitingPiece(long Offset, long Length);
