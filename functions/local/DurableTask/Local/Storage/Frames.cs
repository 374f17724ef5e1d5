using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Records in a file: length, CRC-32C, content. A record that is cut short or does not match its checksum ends the file:
/// what a dying process left half written is cut off, never misread.
/// </summary>
internal static class Frames
{
    private const int HeadLength = 8;

    public static byte[] Frame(Action<MemoryStream> write)
    {
        using var stream = new MemoryStream(256);
        stream.SetLength(HeadLength);
        stream.Position = HeadLength;
        write(stream);
        var frame = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(frame.AsSpan(HeadLength)));
        return frame;
    }

    /// <summary>Gives each whole record to <paramref name="read"/>; answers how many bytes of the file are good.</summary>
    public static long ReadAll(byte[] file, Action<MemoryStream> read)
    {
        var offset = 0;
        while (file.Length - offset > HeadLength)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(offset));
            if (length <= 0 || length > file.Length - offset - HeadLength
                || BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(offset + 4)) != Checksum(file.AsSpan(offset + HeadLength, length)))
            {
                break;
            }

            using var content = new MemoryStream(file, offset + HeadLength, length, writable: false);
            read(content);
            offset += HeadLength + length;
        }

        return offset;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
