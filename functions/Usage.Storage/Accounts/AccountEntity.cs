using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// An account in its table: spread over 256 partitions by its id, so that imports write whole transactions and none grows big.
/// </summary>
internal static class AccountEntity
{
    public static string Partition(AccountId id) => KeyHash.Of(id.Value)[..2];

    public static TableEntity Write(NumberedAccount numbered)
    {
        var account = numbered.Account;
        var entity = new TableEntity(Partition(account.Id), account.Id.Value)
        {
            ["ordinal"] = numbered.Ordinal,
            ["name"] = account.Name,
            ["domains"] = JsonSerializer.Serialize(account.Domains, CoreJson.Options),
            ["aliases"] = JsonSerializer.Serialize(account.Aliases, CoreJson.Options),
        };
        if (account.CrmId is not null) entity["crmId"] = account.CrmId;
        if (account.By is not null) entity["by"] = account.By;
        if (account.At is not null) entity["at"] = account.At;
        return entity;
    }

    public static StoredAccount Read(TableEntity entity) => new(
        entity.GetInt32("ordinal")!.Value,
        new Account
        {
            Id = new AccountId(entity.RowKey),
            Name = entity.GetString("name"),
            CrmId = entity.GetString("crmId"),
            Domains = List(entity, "domains"),
            Aliases = List(entity, "aliases"),
            By = entity.GetString("by"),
            At = entity.GetDateTimeOffset("at"),
        },
        entity.ETag);

    private static string[] List(TableEntity entity, string name) =>
        entity.GetString(name) is { Length: > 2 } json ? JsonSerializer.Deserialize<string[]>(json, CoreJson.Options)! : [];
}

/// <summary>An account as it was read, with the version that a conditional write is held against.</summary>
public sealed record StoredAccount(int Ordinal, Account Account, ETag Version)
{
    public NumberedAccount Numbered => new(Ordinal, Account);
}
