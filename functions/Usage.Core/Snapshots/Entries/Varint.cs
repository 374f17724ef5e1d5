namespace Usage.Core.Snapshots.Entries;

internal static class Varint
{
    public const int MaxBytes = 10;

    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <returns>False when the source ends within the number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; position < source.Length && shift < 64; shift += 7)
        {
            var next = source[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return true;
        }

        return false;
    }

    /// <exception cref="InvalidDataException">The source ends within the number.</exception>
    public static ulong Read(ReadOnlySpan<byte> source, ref int position) =>
        TryRead(source, ref position, out var value) ? value : throw Broken();

    public static InvalidDataException Broken() =>
        new("Entries end within an entry: the blob of entries was cut short or its offsets belong to another. Read the batch again.");
}
