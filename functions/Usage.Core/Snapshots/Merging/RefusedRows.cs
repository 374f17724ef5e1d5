namespace Usage.Core.Snapshots.Merging;

/// <summary>Rows that a total lacks: how many, and the first of them. It doesn't matter in which order they are added.</summary>
internal struct RefusedRows
{
    public long Count { get; private set; }

    public long First { get; private set; }

    public void Add(long row)
    {
        if (Count++ == 0 || row < First) First = row;
    }
}
