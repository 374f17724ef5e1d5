using System.Text;
using System.Text.Json;
using Azure.Data.Tables.Errors;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables.Transactions;

/// <summary>Writes a transaction as multipart body: one buffer, no string an entity.</summary>
/// <param name="tableAddress">The table's absolute address, escaped.</param>
internal sealed class BatchBody(string tableAddress)
{
    private const int MostActions = 100;
    private const int LargestBody = 4 * 1024 * 1024;

    private readonly byte[] _table = Encoding.ASCII.GetBytes(tableAddress);

    /// <returns>How many actions were written.</returns>
    /// <exception cref="TableTransactionFailedException">An action breaks a limit of the service; its index says which.</exception>
    /// <exception cref="RequestFailedException"><c>RequestBodyTooLarge</c>.</exception>
    public int Write(PooledBuffer buffer, Guid id, IEnumerable<TableTransactionAction> actions)
    {
        using var json = new Utf8JsonWriter(buffer, EntityWriter.Options);
        var boundary = Encoding.ASCII.GetBytes($"changeset_{id}");
        buffer.Append(Encoding.ASCII.GetBytes($"--batch_{id}\r\nContent-Type: multipart/mixed; boundary=changeset_{id}\r\n\r\n"));
        var rows = new HashSet<string>(MostActions, StringComparer.Ordinal);
        string? partition = null;
        var index = 0;
        foreach (var action in actions)
        {
            ArgumentNullException.ThrowIfNull(action?.Entity, nameof(actions));
            try
            {
                if (index == MostActions) throw Refusals.TooManyActions();
                Check(action.Entity, ref partition, rows);
                Write(buffer, json, boundary, action);
            }
            catch (RequestFailedException refusal)
            {
                throw Refusals.InTransaction(Math.Min(index, MostActions - 1), refusal);
            }

            if (buffer.Length > LargestBody) throw Refusals.RequestBodyTooLarge();
            index++;
        }

        buffer.Append("--"u8);
        buffer.Append(boundary);
        buffer.Append(Encoding.ASCII.GetBytes($"--\r\n--batch_{id}--\r\n"));
        return index;
    }

    private static void Check(ITableEntity entity, ref string? partition, HashSet<string> rows)
    {
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        KeyRules.Check(entity.PartitionKey, entity.RowKey);
        partition ??= entity.PartitionKey;
        if (partition != entity.PartitionKey) throw Refusals.DifferentPartitions();
        if (!rows.Add(entity.RowKey)) throw Refusals.DuplicateRow();
    }

    private void Write(PooledBuffer buffer, Utf8JsonWriter json, byte[] boundary, TableTransactionAction action)
    {
        buffer.Append("--"u8);
        buffer.Append(boundary);
        buffer.Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8);
        var type = action.ActionType;
        buffer.Append(type switch
        {
            TableTransactionActionType.Add => "POST "u8,
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH "u8,
            TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT "u8,
            TableTransactionActionType.Delete => "DELETE "u8,
            _ => throw new InvalidOperationException($"There is no action type {type}."),
        });
        buffer.Append(_table);
        if (type != TableTransactionActionType.Add) AppendKeys(buffer, action.Entity);
        buffer.Append(" HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n"u8);
        if (type == TableTransactionActionType.Add) buffer.Append("Prefer: return-no-content\r\n"u8);
        if (Condition(action) is { } condition) buffer.Append(Encoding.ASCII.GetBytes($"If-Match: {condition}\r\n"));

        if (type == TableTransactionActionType.Delete)
        {
            buffer.Append("\r\n"u8);
            return;
        }

        buffer.Append("Content-Type: application/json\r\n\r\n"u8);
        EntityWriter.Write(json, action.Entity);
        json.Flush();
        json.Reset();
        buffer.Append("\r\n"u8);
    }

    // As the package does it: an update without an ETag is sent without a condition, which makes it an upsert.
    private static string? Condition(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => action.ETag == default ? "*" : action.ETag.ToString("H"),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace when action.ETag != default => action.ETag.ToString("H"),
        _ => null,
    };

    private static void AppendKeys(PooledBuffer buffer, ITableEntity entity)
    {
        buffer.Append("(PartitionKey='"u8);
        EntityAddress.AppendEscaped(buffer, entity.PartitionKey);
        buffer.Append("',RowKey='"u8);
        EntityAddress.AppendEscaped(buffer, entity.RowKey);
        buffer.Append("')"u8);
    }
}
