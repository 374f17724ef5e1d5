using Azure;
using Azure.Data.Tables;

namespace Usage.Storage.Tables;

/// <summary>Writes to one partition that are done together or not at all, at most as many as Azure takes.</summary>
public sealed class TableTransaction
{
    private const int MaxActions = 100;
    private const int MaxBytes = 4 << 20;

    private readonly List<TableTransactionAction> _actions = [];
    private readonly HashSet<string> _rows = new(StringComparer.Ordinal);
    private int _bytes;

    private TableTransaction()
    {
    }

    public IReadOnlyList<TableTransactionAction> Actions => _actions;

    /// <summary>As many transactions as it takes, in order, each made when it is asked for.</summary>
    /// <param name="table">Its name, for messages.</param>
    /// <param name="actions">On <see cref="TableEntity"/>s of one partition, each of them once.</param>
    /// <exception cref="TableLimitException">Azure would refuse one of them.</exception>
    public static IEnumerable<TableTransaction> Fill(string table, IEnumerable<TableTransactionAction> actions)
    {
        var filling = new TableTransaction();
        foreach (var action in actions)
        {
            var bytes = TableLimits.Check(table, (TableEntity)action.Entity);
            if (filling._actions.Count == MaxActions || (filling._actions.Count > 0 && filling._bytes + bytes > MaxBytes))
            {
                yield return filling;
                filling = new TableTransaction();
            }

            filling.Add(table, action, bytes);
        }

        if (filling._actions.Count > 0) yield return filling;
    }

    /// <summary>Makes all of it depend on the version of the first entity.</summary>
    public void Guard(ETag version) =>
        _actions[0] = new TableTransactionAction(_actions[0].ActionType, _actions[0].Entity, version);

    private void Add(string table, TableTransactionAction action, int bytes)
    {
        var (partition, row) = (action.Entity.PartitionKey, action.Entity.RowKey);
        if (_actions.Count > 0 && _actions[0].Entity.PartitionKey is var first && first != partition)
            throw new TableLimitException(
                table, partition, row, $"it in a transaction of partition \"{first}\"", "one partition in a transaction");
        if (!_rows.Add(row)) throw new TableLimitException(table, partition, row, "it twice in a transaction", "each entity once");
        _actions.Add(action);
        _bytes += bytes;
    }
}
