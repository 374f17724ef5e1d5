namespace Usage.Core.Accounts.Matching;

/// <summary>The accounts that a key finds: none, one, or several.</summary>
public readonly struct KeyMatch
{
    private readonly int[]? ordinals;
    private readonly int onePlus;

    internal KeyMatch(int ordinal) => onePlus = ordinal + 1;

    internal KeyMatch(int[] ordinals) => this.ordinals = ordinals;

    public static KeyMatch None => default;

    public bool IsNone => onePlus == 0 && ordinals is null;

    public bool IsOne => onePlus > 0;

    /// <summary>The one account's place in the order of creation; -1 when there isn't exactly one.</summary>
    public int Ordinal => onePlus - 1;

    /// <summary>Ascending; empty for none.</summary>
    public IReadOnlyList<int> Ordinals => ordinals ?? (IsOne ? [Ordinal] : []);
}
