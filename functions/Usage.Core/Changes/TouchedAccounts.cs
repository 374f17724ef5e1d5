namespace Usage.Core.Changes;

/// <summary>The accounts whose values a child may change, by their ordinals: one bit for each.</summary>
public sealed class TouchedAccounts
{
    private readonly byte[] _bits;

    private TouchedAccounts(byte[] bits) => _bits = bits;

    public static TouchedAccounts Of(IReadOnlyCollection<int> ordinals)
    {
        var bits = new byte[ordinals.Count == 0 ? 0 : (ordinals.Max() / 8) + 1];
        foreach (var ordinal in ordinals) bits[ordinal / 8] |= (byte)(1 << (ordinal % 8));
        return new TouchedAccounts(bits);
    }

    public static TouchedAccounts Read(byte[] bytes) => new(bytes);

    public ReadOnlyMemory<byte> Bytes => _bits;

    public bool Any => Array.Exists(_bits, bits => bits != 0);

    public bool Has(int ordinal) => ordinal / 8 < _bits.Length && (_bits[ordinal / 8] & (1 << (ordinal % 8))) != 0;

    public bool Meets(TouchedAccounts other)
    {
        for (var i = 0; i < Math.Min(_bits.Length, other._bits.Length); i++)
            if ((_bits[i] & other._bits[i]) != 0) return true;
        return false;
    }
}
