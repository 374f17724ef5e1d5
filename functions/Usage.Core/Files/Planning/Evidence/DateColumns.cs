using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Integrations;
using Usage.Core.Values.Dates;

namespace Usage.Core.Files.Planning.Evidence;

/// <summary>Collects from the rows that are not broken what each date column proves about the order of day and month.</summary>
internal sealed class DateColumns(ImportMapping mapping, ColumnMap columns)
{
    private readonly (string Name, int Column, DateColumnProof Proof)[] _dates =
    [
        .. mapping.DateColumns().DistinctBy(columns.NameOf)
            .Select(column => (columns.NameOf(column), columns.Find(column), new DateColumnProof(mapping.Integration.File))),
    ];

    public bool Any => _dates.Length > 0;

    public void Observe(RecordReader row)
    {
        if (row.Broken is not null) return;
        foreach (var (_, column, proof) in _dates) proof.Observe(row.GetCell(column), row.Row);
    }

    public IReadOnlyDictionary<string, DateOrder> Decide()
    {
        var orders = new Dictionary<string, DateOrder>(StringComparer.Ordinal);
        foreach (var (name, _, proof) in _dates)
        {
            var verdict = proof.Decide(name);
            if (verdict.Error is { } error)
                throw new FileRejectedException(error.Code, error.Message, verdict.Issue is { } issue ? [issue] : []);
            orders.Add(name, verdict.Order);
        }
        return orders;
    }
}
