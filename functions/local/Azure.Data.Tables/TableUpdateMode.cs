namespace Azure.Data.Tables;

public enum TableUpdateMode
{
    /// <summary>Properties that the entity sent doesn't have stay as they are.</summary>
    Merge = 0,

    /// <summary>Properties that the entity sent doesn't have are removed.</summary>
    Replace = 1,
}
