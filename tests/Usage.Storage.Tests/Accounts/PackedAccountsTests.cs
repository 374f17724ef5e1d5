using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Accounts;

namespace Usage.Storage.Tests.Accounts;

/// <summary>Packed accounts against a plain sorted list.</summary>
public sealed class PackedAccountsTests
{
    private static readonly string[] Ids =
        ["a", "A", "ä", "zz", "acme", "acme-2", "\uFFFD", "😀", "z", new('x', AccountId.MaxLength), new('€', AccountId.MaxLength)];

    [Fact]
    public void Whatever_changes_they_are_what_a_plain_list_is()
    {
        var random = new Random(5);
        var plain = Ids.Take(6).Select((id, ordinal) => Account(id, ordinal, random)).ToDictionary(account => account.Account.Id);
        using var packer = new PackedAccounts.Packer();
        foreach (var account in plain.Values.OrderBy(_ => random.Next())) packer.Add(account);
        var packed = packer.Pack();
        Check(plain, packed);
        for (var round = 0; round < 200; round++)
        {
            var changed = Ids.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(id => new AccountId(id)).ToArray();
            var now = changed.Where(_ => random.Next(2) == 0).Select(id => Account(id.Value, round + 100, random)).ToArray();
            foreach (var id in changed) plain.Remove(id);
            foreach (var account in now) plain.Add(account.Account.Id, account);
            packed = packed.With(changed, now);
            if (random.Next(5) == 0) packed = PackedAccounts.Read(packed.ToBlob());
            Check(plain, packed);
        }
    }

    private static void Check(Dictionary<AccountId, NumberedAccount> plain, PackedAccounts packed)
    {
        Assert.Equivalent(plain.Values.OrderBy(account => account.Account.Id.Value, StringComparer.Ordinal), packed, strict: true);
        foreach (var id in Ids.Select(id => new AccountId(id)))
        {
            var index = packed.Find(id);
            Assert.Equal(plain.ContainsKey(id), index >= 0);
            if (index >= 0) Assert.Equivalent(plain[id], packed[index], strict: true);
        }
    }

    private static NumberedAccount Account(string id, int ordinal, Random random) => new(ordinal, new Account
    {
        Id = new AccountId(id),
        Name = random.Next(2) == 0 ? "" : $"Name of {id} {new string('n', random.Next(300))}",
        CrmId = random.Next(2) == 0 ? null : $"CRM{ordinal}",
        Domains = [.. Enumerable.Range(0, random.Next(3)).Select(i => $"d{i}.example")],
        Aliases = [.. Enumerable.Range(0, random.Next(3)).Select(i => $"Älias {i}")],
        By = random.Next(2) == 0 ? null : $"Päm {ordinal}",
        At = random.Next(2) == 0 ? null : new DateTimeOffset(2026, 1, 2, 3, 4, 5, ordinal, TimeSpan.Zero).AddTicks(7),
    });
}
