using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Storage.Imports;

/// <summary>
/// Identifiers that found no account, or several. Partition: the integration; row: <c>{by}|{hash of the key}</c>; properties
/// <c>by</c>, <c>key</c>, <c>ambiguous</c>, <c>rows</c> (of the last run that met it), <c>lastRun</c>. A run adds at most
/// <see cref="UnmatchedKeys.MaxKeys"/> of them; its rejected.csv has all.
/// </summary>
public sealed class UnmatchedStore(UsageTables tables)
{
    public Task WriteAsync(IntegrationId integration, RunId run, UnmatchedKeys keys, CancellationToken cancellationToken) =>
        tables.Unmatched.SubmitAsync(
            // A key that is unmatched by one rule's reading and ambiguous by another is one entry.
            keys.Keys.GroupBy(key => (key.By, key.Key)).Select(same => new TableEntity(integration.Value, Row(same.Key.By, same.Key.Key))
            {
                ["by"] = RunEntity.Word(same.Key.By),
                ["key"] = same.Key.Key,
                ["ambiguous"] = same.Any(key => key.Ambiguous),
                ["rows"] = same.Sum(key => key.Rows),
                ["lastRun"] = run.Value,
            }),
            TableTransactionActionType.UpsertReplace, cancellationToken);

    private static string Row(MatchBy by, string key) =>
        $"{RunEntity.Word(by)}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}";
}
