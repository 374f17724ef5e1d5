using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Notes the identifiers of rows without an account, with what is shown of such rows.</summary>
internal sealed class WaitingRows(FilePlan plan, ValueParser values, IReadOnlyList<IProductCells> products, Stream to)
{
    private readonly WaitingKeyLog _log = new(to);
    private readonly HashSet<int> _dates = [];

    // The columns that a rejected file adds say nothing of a customer.
    private readonly int[] _columns =
        [.. Enumerable.Range(0, plan.Header.Count).Where(column => !plan.Mended || !ReservedColumns.Contains(plan.Header[column]))];

    /// <param name="looked">The row's identifiers, the one that it counts for first.</param>
    /// <param name="ambiguous">The first one found several accounts.</param>
    public void Add(RecordReader record, IReadOnlyList<(MatchBy By, int Index)> looked, bool ambiguous)
    {
        if (looked.Count == 0) return;
        _dates.Clear();
        foreach (var product in products) product.AddDates(record, _dates);
        for (var i = 0; i < looked.Count; i++)
        {
            var (by, index) = looked[i];
            var text = Encoding.UTF8.GetString(record.GetCell(index));
            _log.Add(by, text, ambiguous && i == 0, counts: i == 0, () => Others(record, index), _dates);
        }
    }

    public IReadOnlyList<WaitingPiece> Complete() => _log.Complete();

    private List<WaitingDetails.Cell> Others(RecordReader record, int own)
    {
        var cells = new List<WaitingDetails.Cell>();
        foreach (var column in _columns)
        {
            if (cells.Count == WaitingDetails.MaxCells) break;
            var cell = record.GetCell(column);
            if (column != own && !values.IsBlank(cell)) cells.Add(new(plan.Header[column], Encoding.UTF8.GetString(cell)));
        }

        return cells;
    }
}
