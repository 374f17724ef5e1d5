using System.Buffers;
using System.Buffers.Binary;

namespace Usage.Storage.Changes;

/// <summary>
/// A log is a sequence of records. One is kept in frames, since there is a limit to what is appended at once:
/// <code>frame = record:byte flags:byte length:int32 bytes       flags: 1 the first of its record, 2 the last</code>
/// A record whose last frame is missing was never written: the next first frame takes its place.
/// </summary>
internal static class LogFrames
{
    public const byte Header = 1;
    public const byte Piece = 2;
    public const byte End = 3;

    public const int HeadBytes = 6;

    private const byte First = 1;
    private const byte Last = 2;
    private const int MaxBytes = 3 << 20;

    public static void Write(IBufferWriter<byte> target, byte record, ReadOnlySpan<byte> bytes)
    {
        var flags = First;
        do
        {
            var length = Math.Min(bytes.Length, MaxBytes);
            if (length == bytes.Length) flags |= Last;
            var head = target.GetSpan(HeadBytes);
            (head[0], head[1]) = (record, flags);
            BinaryPrimitives.WriteInt32LittleEndian(head[2..], length);
            target.Advance(HeadBytes);
            target.Write(bytes[..length]);
            bytes = bytes[length..];
            flags = 0;
        }
        while (bytes.Length > 0);
    }

    /// <summary>The whole records of a log, or of a stretch of it that begins with a record.</summary>
    /// <returns>The record's kind, where its first frame begins, where it ends, and its bytes.</returns>
    public static IEnumerable<(byte Record, int From, int To, ReadOnlyMemory<byte> Bytes)> Read(ReadOnlyMemory<byte> log)
    {
        var (position, from, parts) = (0, 0, new List<ReadOnlyMemory<byte>>());
        while (position + HeadBytes <= log.Length)
        {
            var (record, flags) = (log.Span[position], log.Span[position + 1]);
            var length = BinaryPrimitives.ReadInt32LittleEndian(log.Span[(position + 2)..]);
            if ((flags & First) != 0)
            {
                parts.Clear();
                from = position;
            }

            position += HeadBytes;
            parts.Add(log.Slice(position, length));
            position += length;
            if ((flags & Last) == 0) continue;
            yield return (record, from, position, parts is [var only] ? only : Join(parts));
            parts.Clear();
        }
    }

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(part => part.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            part.CopyTo(joined.AsMemory(position));
            position += part.Length;
        }

        return joined;
    }
}
