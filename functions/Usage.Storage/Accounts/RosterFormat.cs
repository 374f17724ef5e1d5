using System.Text;
using Usage.Core.Accounts;

namespace Usage.Storage.Accounts;

/// <summary>All accounts in one compact blob: a byte for the format, a count, then each account's ordinal and texts.</summary>
internal static class RosterFormat
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyCollection<NumberedAccount> accounts)
    {
        using var buffer = new MemoryStream(accounts.Count * 100 + 16);
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(accounts.Count);
        foreach (var (ordinal, account) in accounts)
        {
            writer.Write7BitEncodedInt(ordinal);
            writer.Write(account.Id.Value);
            writer.Write(account.Name);
            writer.Write(account.CrmId is not null);
            if (account.CrmId is not null) writer.Write(account.CrmId);
            Write(writer, account.Domains);
            Write(writer, account.Aliases);
        }

        writer.Flush();
        return buffer.ToArray();
    }

    public static List<NumberedAccount> Read(Stream blob)
    {
        using var reader = new BinaryReader(blob, Encoding.UTF8);
        if (reader.ReadByte() is not Version and var found)
            throw new InvalidDataException($"the roster has format {found}, expected {Version}: delete the blob usage-accounts/roster, it is made anew");
        var count = reader.ReadInt32();
        var accounts = new List<NumberedAccount>(count);
        for (var i = 0; i < count; i++)
        {
            accounts.Add(new NumberedAccount(reader.Read7BitEncodedInt(), new Account
            {
                Id = new AccountId(reader.ReadString()),
                Name = reader.ReadString(),
                CrmId = reader.ReadBoolean() ? reader.ReadString() : null,
                Domains = ReadList(reader),
                Aliases = ReadList(reader),
            }));
        }

        return accounts;
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts) writer.Write(text);
    }

    private static string[] ReadList(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0) return [];
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = reader.ReadString();
        return texts;
    }
}
