namespace Usage.Functions.Imports.Steps;

/// <summary>Snapshots that an import would make, change, or find as they are.</summary>
public sealed record Changes(long New, long Changed, long Unchanged)
{
    public static Changes operator +(Changes a, Changes b) => new(a.New + b.New, a.Changed + b.Changed, a.Unchanged + b.Unchanged);
}
