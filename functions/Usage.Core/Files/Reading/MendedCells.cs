namespace Usage.Core.Files.Reading;

/// <summary>Cells of a row that are read otherwise than they stand in the file: by the file's plan, or by a replay or fix of it.</summary>
internal sealed class MendedCells
{
    private Dictionary<int, byte[]>? _planned;
    private Dictionary<int, byte[]>? _new;

    /// <summary>The row was broken as a row: it has these cells, and no others.</summary>
    public bool Replace { get; set; }

    public bool Has(int column) => HasNew(column) || _planned?.ContainsKey(column) == true;

    /// <summary>Not by the file's plan.</summary>
    public bool HasNew(int column) => _new?.ContainsKey(column) == true;

    /// <returns>Null: the cell is as it stands.</returns>
    public byte[]? Find(int column) => _new?.GetValueOrDefault(column) ?? _planned?.GetValueOrDefault(column);

    public void Add(int column, byte[] text) => (_new ??= [])[column] = text;

    /// <summary>What was added so far is the plan's.</summary>
    public void TakeAsPlanned() => (_planned, _new) = (_new, _planned);

    public void Clear()
    {
        _planned?.Clear();
        _new?.Clear();
        Replace = false;
    }
}
