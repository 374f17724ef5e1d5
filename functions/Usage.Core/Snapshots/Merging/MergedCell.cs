using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Merging;

/// <summary>The value of one dimension of one account and date, merged from values in the order of (cell date, row).</summary>
internal struct MergedCell
{
    private UsageValue _kept;
    private CompensatedSum _sum;
    private long _count;

    /// <summary>Also where the value is that the stored one is taken away.</summary>
    public bool HasValue { get; private set; }

    public bool Cleared { get; private set; }

    /// <summary>Of the value that is kept, where one is.</summary>
    public long Row { get; private set; }

    public bool RowIsClean { get; private set; }

    public readonly CellSource Source => new(Row, _count);

    /// <summary>The place of <see cref="Row"/> among the account's entries.</summary>
    public int Order { get; private set; }

    public void Add(Aggregate aggregate, DataType type, in EntryValues value, TextPool texts, EntryReader entry, int order)
    {
        if (aggregate == Aggregate.First && HasValue) return;
        _count = aggregate.KeepsOne() ? 1 : _count + 1;
        Cleared = value.Kind == EntryFormat.ClearedKind;
        _kept = aggregate switch
        {
            _ when Cleared => default,
            Aggregate.Count => AddToSum(1),
            Aggregate.Sum or Aggregate.Average => AddToSum(value.Number),
            Aggregate.Min when HasValue => UsageValue.Of(Math.Min(_kept.Number, value.Number)),
            Aggregate.Max when HasValue => UsageValue.Of(Math.Max(_kept.Number, value.Number)),
            _ => Read(type, value, texts),
        };
        (HasValue, Row, RowIsClean, Order) = (true, entry.Key.Row, entry.Clean, order);
    }

    public readonly UsageValue? Result(Aggregate aggregate) => (HasValue, aggregate) switch
    {
        (false, _) => null,
        _ when Cleared => null,
        (_, Aggregate.Sum or Aggregate.Count) => UsageValue.Of(_sum.Total),
        (_, Aggregate.Average) => UsageValue.Of(_sum.Average),
        _ => _kept,
    };

    private static UsageValue Read(DataType type, in EntryValues value, TextPool texts) => type switch
    {
        DataType.Numeric => UsageValue.Of(value.Number),
        DataType.Boolean => UsageValue.Of(value.Boolean),
        _ => UsageValue.Of(texts.Get(value.Text)),
    };

    private UsageValue AddToSum(double value)
    {
        _sum.Add(value);
        return _kept;
    }
}
