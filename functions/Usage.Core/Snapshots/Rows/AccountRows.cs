using Usage.Core.Accounts.Matching;
using Usage.Core.Files;
using Usage.Core.Files.Reading;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Snapshots.Reading;
using Usage.Core.Values;

namespace Usage.Core.Snapshots.Rows;

/// <summary>Notes the rows of one account: those that were found to be its, and of those that are nobody's the ones that name it.</summary>
/// <param name="ordinal">Of the account.</param>
/// <param name="itself">Finds the account and no other.</param>
public sealed class AccountRows(ImportMapping mapping, FilePlan plan, int ordinal, IRowAccounts itself) : RowLog
{
    private readonly AccountFinder _finder = new(
        mapping.Integration.Match, new ColumnMap(plan), itself, new ValueParser(mapping.Integration.File, plan.DecimalSeparator));

    private readonly RowFindings _none = new();

    public List<ErasedRow> Found { get; } = [];

    internal override void Add(
        RecordReader record, bool isOwn, RowOutcome outcome, int found, AccountFinder finder, RowFindings findings)
    {
        if (found == ordinal || (found < 0 && outcome != RowOutcome.Ambiguous && Names(record)))
            Found.Add(new ErasedRow(record.Row, record.Offset, record.Csv.RawRecord.TrimEnd("\r\n"u8).Length));
    }

    private bool Names(RecordReader record)
    {
        _none.Clear();
        return _finder.Find(record, _none, out _) >= 0;
    }
}
