using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Usage.Core.Accounts.Unmatched;

public static class WaitingKeyReader
{
    /// <param name="from">Nothing but what a <see cref="WaitingKeyWriter"/> wrote; it is disposed of at the end.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<WaitingKey> ReadAsync(Stream from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = from;
        var head = new byte[sizeof(int)];
        while (await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length)
        {
            var entry = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            await stream.ReadExactlyAsync(entry, cancellationToken);
            yield return Parse(entry);
        }
    }

    private static WaitingKey Parse(byte[] entry)
    {
        using var bytes = new MemoryStream(entry);
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        var (by, ambiguous) = ((MatchBy)reader.ReadByte(), reader.ReadBoolean());
        var (rows, otherRows) = (reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt64());
        var firstSeen = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var (lastRun, key, text) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        return new WaitingKey
        {
            By = by,
            Key = key,
            Text = text,
            Ambiguous = ambiguous,
            Rows = rows,
            OtherRows = otherRows,
            FirstSeen = firstSeen,
            LastRun = lastRun,
            PackedDates = Piece(),
            PackedContext = Piece(),
        };

        // A part of the entry itself: nothing is copied.
        ReadOnlyMemory<byte> Piece()
        {
            var length = reader.Read7BitEncodedInt();
            var start = (int)bytes.Position;
            bytes.Position += length;
            return entry.AsMemory(start, length);
        }
    }
}
