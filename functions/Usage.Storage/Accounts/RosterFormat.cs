using System.Buffers.Binary;
using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// The roster's blob: a byte for the format, the count (four bytes), then the accounts in the order of their ids. An account is its
/// ordinal and its texts, each behind its length, numbers seven bits a byte; then who wrote it and when, in eight bytes.
/// </summary>
internal static class RosterFormat
{
    public const byte Version = 2;
    public const int HeadBytes = 1 + sizeof(int);

    public static void Write(BinaryWriter writer, NumberedAccount numbered)
    {
        var (ordinal, account) = numbered;
        writer.Write7BitEncodedInt(ordinal);
        writer.Write(account.Id.Value);
        writer.Write(account.Name);
        writer.Write(account.CrmId is not null);
        if (account.CrmId is not null) writer.Write(account.CrmId);
        Write(writer, account.Domains);
        Write(writer, account.Aliases);
        writer.Write(account.By ?? "");
        writer.Write(account.At?.UtcTicks ?? 0);
    }

    /// <param name="bytes">Begins with the account.</param>
    public static NumberedAccount Read(ReadOnlySpan<byte> bytes)
    {
        var from = new Cursor(bytes);
        return new NumberedAccount(from.Number(), new Account
        {
            Id = new AccountId(from.Text()),
            Name = from.Text(),
            CrmId = from.Byte() != 0 ? from.Text() : null,
            Domains = from.Texts(),
            Aliases = from.Texts(),
            By = from.Text() is { Length: > 0 } by ? by : null,
            At = from.Long() is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        });
    }

    /// <summary>An account's id, in UTF-8.</summary>
    public static ReadOnlySpan<byte> ReadId(ReadOnlySpan<byte> bytes)
    {
        var from = new Cursor(bytes);
        from.Number();
        return from.Piece();
    }

    /// <returns>The length of the account that the bytes begin with.</returns>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        var from = new Cursor(bytes);
        from.Number();
        from.Piece();
        from.Piece();
        if (from.Byte() != 0) from.Piece();
        for (var lists = 0; lists < 2; lists++)
            for (var texts = from.Number(); texts > 0; texts--) from.Piece();
        from.Piece();
        from.Long();
        return from.Position;
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts) writer.Write(text);
    }

    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public int Position { get; private set; }

        public byte Byte() => _bytes[Position++];

        public int Number()
        {
            var number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var next = Byte();
                number |= (next & 0x7F) << shift;
                if (next < 0x80) return number;
            }
        }

        public long Long()
        {
            Position += sizeof(long);
            return BinaryPrimitives.ReadInt64LittleEndian(_bytes[(Position - sizeof(long))..]);
        }

        public ReadOnlySpan<byte> Piece()
        {
            var length = Number();
            Position += length;
            return _bytes.Slice(Position - length, length);
        }

        public string Text() => Encoding.UTF8.GetString(Piece());

        public string[] Texts()
        {
            var count = Number();
            if (count == 0) return [];
            var texts = new string[count];
            for (var i = 0; i < count; i++) texts[i] = Text();
            return texts;
        }
    }
}
