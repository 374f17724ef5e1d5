using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Merging;

/// <summary>Merges one account's entries of one product and date, which come in the order of (cell date, row), into one snapshot.</summary>
internal sealed class AccountMerge(RowBits recorded, long previewRows)
{
    private readonly TextPool _texts = new();
    private ProductMerge? _product;
    private MergedCell[] _cells = [];
    private int _account;
    private int _order;

    public void Begin(int account, ProductMerge product)
    {
        (_account, _product, _order) = (account, product, 0);
        if (_cells.Length != product.Types.Length) _cells = new MergedCell[product.Types.Length];
        else Array.Clear(_cells);
    }

    public void Add(EntryReader entry, List<RowShare> shares)
    {
        var values = entry.Values;
        while (values.MoveNext())
        {
            var aggregate = _product!.Aggregates[values.Dimension];
            _cells[values.Dimension].Add(aggregate, _product.Types[values.Dimension], values, _texts, entry, _order);
            if (!MergedCell.KeepsOne(aggregate)) TookPart(entry.Key.Row, entry.Clean, values.Dimension, shares);
        }

        _order++;
    }

    public MergedSnapshot Finish(List<RowShare> shares)
    {
        var values = new UsageValue?[_cells.Length];
        var (row, order) = (0L, -1);
        for (var dimension = 0; dimension < _cells.Length; dimension++)
        {
            ref var cell = ref _cells[dimension];
            if (!cell.HasValue) continue;
            values[dimension] = cell.Result(_product!.Aggregates[dimension]);
            if (cell.Order > order) (row, order) = (cell.Row, cell.Order);
            if (MergedCell.KeepsOne(_product.Aggregates[dimension])) TookPart(cell.Row, cell.RowIsClean, dimension, shares);
        }

        return new MergedSnapshot(_account, row, values);
    }

    private void TookPart(long row, bool clean, int dimension, List<RowShare> shares)
    {
        if (clean) recorded.Set(row);
        if (row <= previewRows) shares.Add(new RowShare(row, _account, dimension));
    }
}

/// <summary>How one product's values are merged. Without history aggregates don't apply: later values overwrite earlier ones.</summary>
internal sealed class ProductMerge(MappedProduct product, bool history)
{
    public DataType[] Types { get; } = [.. product.Dimensions.Select(dimension => dimension.DataType)];

    public Aggregate[] Aggregates { get; } = [.. product.Dimensions.Select(dimension => history ? dimension.Aggregate : Aggregate.Last)];
}
