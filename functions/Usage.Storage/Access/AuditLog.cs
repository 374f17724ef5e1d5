using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Access;
using Usage.Storage.Documents;

namespace Usage.Storage.Access;

/// <summary>Who did what, by month, the newest first. Entries are added and told how they ended; none is removed, and
/// only an erase changes what it says.</summary>
public sealed class AuditLog(UsageTables tables)
{
    private readonly DocumentTable<AuditEntry> _documents = new(tables.Audit);

    /// <summary>Adds an entry, or tells how one ended that was added before.</summary>
    public Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        _documents.PutAsync(Month(entry.At), Row(entry), entry, cancellationToken);

    /// <summary>The newest first.</summary>
    /// <param name="from">The earliest; null: from the beginning.</param>
    /// <param name="to">Before this; null: until now.</param>
    /// <param name="after">The key of an entry: those that follow.</param>
    public async IAsyncEnumerable<AuditEntry> ListAsync(
        DateTimeOffset? from, DateTimeOffset? to, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, last) = (to is { } end ? Month(end) : "", from is { } begin ? Month(begin) : "~");
        var (month, row) = after?.Split('|') is [var seenMonth, var seenRow] ? (seenMonth, seenRow) : ("", "");
        var within = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");
        var rest = TableClient.CreateQueryFilter($"PartitionKey gt {month} or (PartitionKey eq {month} and RowKey gt {row})");
        var filter = $"{within} and ({rest})";
        await foreach (var entry in _documents.FindAsync(filter, cancellationToken))
            if ((from is null || entry.At >= from) && (to is null || entry.At < to)) yield return entry;
    }

    /// <summary>Takes an erased account out of the entries before a time.</summary>
    public async Task EraseAsync(ErasedEntries erased, DateTimeOffset gone, CancellationToken cancellationToken)
    {
        await foreach (var entry in ListAsync(null, gone, null, cancellationToken))
            if (erased.Without(entry) is { } left) await WriteAsync(left, cancellationToken);
    }

    /// <summary>By which lists of entries go on.</summary>
    public static string Key(AuditEntry entry) => $"{Month(entry.At)}|{Row(entry)}";

    // Keys count down, since the newest come first.
    private static string Month(DateTimeOffset at) =>
        (999_999 - (at.UtcDateTime.Year * 100) - at.UtcDateTime.Month).ToString("D6", CultureInfo.InvariantCulture);

    private static string Row(AuditEntry entry) =>
        $"{(DateTime.MaxValue.Ticks - entry.At.UtcTicks).ToString("D19", CultureInfo.InvariantCulture)}-{entry.RequestId}";
}
