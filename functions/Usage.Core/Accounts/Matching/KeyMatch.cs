namespace Usage.Core.Accounts.Matching;

/// <summary>The accounts that a key finds: none, one, or several.</summary>
public readonly struct KeyMatch
{
    private readonly int[]? _ordinals;
    private readonly int _onePlus;

    internal KeyMatch(int ordinal) => _onePlus = ordinal + 1;

    internal KeyMatch(int[] ordinals) => _ordinals = ordinals;

    public static KeyMatch None => default;

    public bool IsNone => _onePlus == 0 && _ordinals is null;

    public bool IsOne => _onePlus > 0;

    /// <summary>The one account's place in the order of creation; -1 when there isn't exactly one.</summary>
    public int Ordinal => _onePlus - 1;

    /// <summary>Ascending; empty for none.</summary>
    public IReadOnlyList<int> Ordinals => _ordinals ?? (IsOne ? [Ordinal] : []);
}
