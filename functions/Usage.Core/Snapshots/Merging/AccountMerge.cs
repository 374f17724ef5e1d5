using Usage.Core.Accounts;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Merging;

/// <summary>Merges one account's entries of one product and date, which come in the order of (cell date, row), into one snapshot.</summary>
internal sealed class AccountMerge(MergedRows merged, long previewRows)
{
    private readonly TextPool _texts = new();
    private ProductMerge? _product;
    private MergedCell[] _cells = [];
    private RefusedRows[] _refused = [];
    private readonly List<MergedRow> _rows = [];
    private MatchBy _matchedBy;
    private int _account;
    private int _order;

    public void Begin(int account, ProductMerge product)
    {
        (_account, _product, _order) = (account, product, 0);
        _rows.Clear();
        if (_cells.Length != product.Types.Length)
        {
            (_cells, _refused) = (new MergedCell[product.Types.Length], new RefusedRows[product.Types.Length]);
            return;
        }

        Array.Clear(_cells);
        Array.Clear(_refused);
    }

    public void Add(EntryReader entry, List<RowShare> shares)
    {
        var refused = false;
        var values = entry.Values;
        while (values.MoveNext())
        {
            if (values.Kind == EntryFormat.RefusedKind)
            {
                _refused[values.Dimension].Add(entry.Key.Row);
                refused = true;
                continue;
            }

            var aggregate = _product!.Aggregates[values.Dimension];
            _cells[values.Dimension].Add(aggregate, _product.Types[values.Dimension], values, _texts, entry, _order);
            if (!aggregate.KeepsOne()) TookPart(entry.Key.Row, entry.Clean, values.Dimension, shares);
        }

        if (_order++ < MergedSnapshot.MaxRows) _rows.Add(new MergedRow(entry.Key.Row, entry.MatchedBy, refused));
        _matchedBy = entry.MatchedBy;
    }

    /// <param name="undated">Rows of the account and product whose dates were refused.</param>
    /// <returns>Null when no row gave a value.</returns>
    public MergedSnapshot? Finish(RefusedRows undated, List<RowShare> shares, List<IncompleteTotal> incomplete)
    {
        var values = new UsageValue?[_cells.Length];
        List<int>? cleared = null;
        var (row, order) = (0L, -1);
        for (var dimension = 0; dimension < _cells.Length; dimension++)
        {
            ref var cell = ref _cells[dimension];
            if (!cell.HasValue) continue;
            values[dimension] = cell.Result(_product!.Aggregates[dimension]);
            if (cell.Cleared) (cleared ??= []).Add(dimension);
            if (_product.Aggregates[dimension].IsTotal()) Judge(dimension, _refused[dimension], undated, incomplete);
            if (cell.Order > order) (row, order) = (cell.Row, cell.Order);
            if (_product.Aggregates[dimension].KeepsOne()) TookPart(cell.Row, cell.RowIsClean, dimension, shares);
        }

        if (order < 0) return null;
        var merged = new MergedSnapshot(_account, row, values) { Cleared = cleared ?? (IReadOnlyList<int>)[], MatchedBy = _matchedBy };
        return _order == 1 ? merged : merged with { Rows = [.. _rows], Sources = [.. _cells.Select(cell => cell.Source)] };
    }

    private void Judge(int dimension, RefusedRows refused, RefusedRows undated, List<IncompleteTotal> incomplete)
    {
        if (refused.Count + undated.Count == 0) return;
        var forItsDate = refused.Count == 0 || (undated.Count > 0 && undated.First < refused.First);
        var row = forItsDate ? undated.First : refused.First;
        incomplete.Add(new IncompleteTotal(_account, dimension, row, forItsDate, refused.Count + undated.Count, undated.Count));
    }

    private void TookPart(long row, bool clean, int dimension, List<RowShare> shares)
    {
        merged.Take(row, clean);
        if (row <= previewRows) shares.Add(new RowShare(row, _account, dimension, clean));
    }
}

/// <summary>How one product's values are merged.</summary>
internal sealed class ProductMerge(ImportMapping mapping, MappedProduct product)
{
    public DataType[] Types { get; } = [.. product.Dimensions.Select(dimension => dimension.DataType)];

    public Aggregate[] Aggregates { get; } = [.. product.Dimensions.Select(mapping.AggregateOf)];
}
