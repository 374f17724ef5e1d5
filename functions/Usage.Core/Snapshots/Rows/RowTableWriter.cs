using System.Buffers.Binary;
using System.Text;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Snapshots.Reading;

namespace Usage.Core.Snapshots.Rows;

/// <summary>
/// Notes what reading finds of a batch's rows, as <see cref="RowTableFormat"/> has it. The same batch gives the same table.
/// </summary>
/// <param name="rules">How many match rules the integration has.</param>
public sealed class RowTableWriter(BatchRange batch, int rules) : RowLog, IDisposable
{
    private readonly int _stride = RowTableFormat.Stride(batch);
    private readonly PooledList<byte> _segments = new(RowTable.Segments(batch, batch.FirstRow, batch.FirstRow + batch.Rows - 1).Length);
    private readonly PooledList<byte> _marks = new(16);
    private readonly List<IReadOnlyList<int>> _several = [];
    private readonly Dictionary<IReadOnlyList<int>, int> _severalPlaces = new(ReferenceEqualityComparer.Instance);
    private readonly List<RowFinding> _findings = [];
    private readonly Dictionary<(string Code, string? Column), int> _findingPlaces = [];
    private readonly List<(int Finding, string Text, long Count)> _found = [];
    private readonly Dictionary<(int Finding, string Text), int> _foundPlaces = [];
    private readonly List<long> _own = [];
    private long _rows;
    private long _lastMark;

    internal override void Add(
        RecordReader record, bool isOwn, RowOutcome outcome, int ordinal, AccountFinder finder, RowFindings findings)
    {
        if (isOwn) _own.Add(record.Row);
        BeginRow(record);
        var account = ordinal >= 0 ? RowTableFormat.AccountCode(ordinal, several: false, rules, finder.Rule)
            : outcome == RowOutcome.Ambiguous
                ? RowTableFormat.AccountCode(PlaceOf(finder.Found.Ordinals), several: true, rules, finder.Rule)
                : 0;
        Put(account);
        if (isOwn && outcome != RowOutcome.Recorded) Mark(outcome, findings.Items);
        _rows++;
    }

    internal override void AddErased(RecordReader record)
    {
        BeginRow(record);
        Put(0);
        _rows++;
    }

    private void BeginRow(RecordReader record)
    {
        if (_rows % _stride == 0) Put(checked((uint)(record.Offset - batch.Offset)));
    }

    /// <summary>Writes the table.</summary>
    /// <param name="result">Of reading the batch.</param>
    public BatchRows WriteTo(Stream target, BatchResult result)
    {
        target.Write(_segments.Items);
        var severalAt = (long)_segments.Count;
        var marksAt = severalAt + WriteSeveral(target);
        target.Write(_marks.Items);
        var foundAt = marksAt + _marks.Count;
        return new BatchRows
        {
            Counts = result.Rows,
            Accepted = result.Accepted,
            Findings = _findings,
            Dates = result.Spans,
            SeveralAt = severalAt,
            MarksAt = marksAt,
            FoundAt = foundAt,
            Own = _own.Count == _rows ? null : RowSet.Pack(_own),
            Length = foundAt + WriteFound(target),
        };
    }

    public void Dispose()
    {
        _segments.Dispose();
        _marks.Dispose();
    }

    private void Put(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_segments.Room(sizeof(uint)), value);
        _segments.Extend(sizeof(uint));
    }

    private void Mark(RowOutcome outcome, IReadOnlyList<RowIssue> findings)
    {
        Put(_marks, (ulong)(_rows - _lastMark));
        _lastMark = _rows;
        Put(_marks, ((ulong)findings.Count << RowTableFormat.OutcomeBits) | (uint)outcome);
        foreach (var issue in findings)
        {
            var finding = PlaceOf(issue);
            Put(_marks, (ulong)finding);
            var key = (finding, issue.Found ?? "");
            if (_foundPlaces.TryGetValue(key, out var place)) _found[place] = _found[place] with { Count = _found[place].Count + 1 };
            else
            {
                _foundPlaces.Add(key, _found.Count);
                _found.Add((finding, key.Item2, 1));
            }
        }
    }

    private int PlaceOf(RowIssue issue)
    {
        if (_findingPlaces.TryGetValue((issue.Code, issue.Column), out var place)) return place;
        _findingPlaces.Add((issue.Code, issue.Column), _findings.Count);
        _findings.Add(new RowFinding(issue.Code, issue.Column));
        return _findings.Count - 1;
    }

    private int PlaceOf(IReadOnlyList<int> ordinals)
    {
        if (_severalPlaces.TryGetValue(ordinals, out var place)) return place;
        _severalPlaces.Add(ordinals, _several.Count);
        _several.Add(ordinals);
        return _several.Count - 1;
    }

    private int WriteSeveral(Stream target)
    {
        using var bytes = new PooledList<byte>(16);
        Put(bytes, (ulong)_several.Count);
        foreach (var ordinals in _several)
        {
            Put(bytes, (ulong)ordinals.Count);
            var last = 0;
            foreach (var ordinal in ordinals)
            {
                Put(bytes, (ulong)(ordinal - last));
                last = ordinal;
            }
        }

        target.Write(bytes.Items);
        return bytes.Count;
    }

    private int WriteFound(Stream target)
    {
        using var bytes = new PooledList<byte>(16);
        foreach (var (finding, text, count) in _found)
        {
            Put(bytes, (ulong)finding);
            Put(bytes, (ulong)count);
            var length = Encoding.UTF8.GetByteCount(text);
            Put(bytes, (ulong)length);
            bytes.Extend(Encoding.UTF8.GetBytes(text, bytes.Room(length)));
        }

        target.Write(bytes.Items);
        return bytes.Count;
    }

    private static void Put(PooledList<byte> bytes, ulong value) => bytes.Extend(Varint.Write(bytes.Room(Varint.MaxBytes), value));
}
