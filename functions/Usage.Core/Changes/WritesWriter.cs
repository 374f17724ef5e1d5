using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Changes;

/// <summary>Packs groups of writes as <see cref="WritesFormat"/> says.</summary>
public sealed class WritesWriter
{
    private readonly ArrayBufferWriter<byte> _packed = new(16 * 1024);
    private long _lastRow;

    public ReadOnlyMemory<byte> Packed => _packed.WrittenMemory;

    public void Add(GroupWrites group)
    {
        _lastRow = 0;
        Put((ulong)group.Product);
        Put((ulong)group.Date.DayNumber);
        Put((ulong)group.Block);
        Put((ulong)group.Accounts.Count);
        foreach (var account in group.Accounts) Add(account);
    }

    private void Add(AccountWrites account)
    {
        Put((ulong)(account.Account % Partitioning.BlockSize));
        Put((ulong)account.Rows.Count);
        foreach (var row in account.Rows)
        {
            Put((WritesFormat.ZigZag(row.Row - _lastRow) << 3) | ((ulong)row.MatchedBy << 1) | (row.Refused ? 1UL : 0));
            _lastRow = row.Row;
        }

        Put((ulong)account.Cells.Count);
        foreach (var cell in account.Cells) Add(cell, account.Rows.Count > 1);
    }

    private void Add(CellWrite cell, bool withSource)
    {
        var old = cell.Old is null ? WritesFormat.OldNothing : cell.Old == cell.New ? WritesFormat.OldSame : WritesFormat.OldOther;
        var bits = (cell.Superseded ? WritesFormat.SupersededBit : 0U) | (cell.TakenBack ? WritesFormat.TakenBackBit : 0U);
        Put(((uint)cell.Dimension << WritesFormat.TagBits) | bits | (uint)old);
        Add(cell.New);
        if (old == WritesFormat.OldOther) Add(cell.Old);
        if (!withSource) return;
        Put(WritesFormat.ZigZag(cell.Source.Row - _lastRow));
        Put((ulong)cell.Source.Count);
    }

    private void Add(UsageValue? given)
    {
        if (given is not { } value) Put(WritesFormat.None);
        else if (value.Type == DataType.Boolean) Put(value.Boolean ? (uint)WritesFormat.True : WritesFormat.False);
        else if (value.Text is { } text) Add(text);
        else if (IsInteger(value.Number)) Put((WritesFormat.ZigZag((long)value.Number) << 3) | WritesFormat.Integer);
        else
        {
            Put(WritesFormat.Double);
            BinaryPrimitives.WriteDoubleLittleEndian(_packed.GetSpan(sizeof(double)), value.Number);
            _packed.Advance(sizeof(double));
        }
    }

    private void Add(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Put(((ulong)bytes << 3) | WritesFormat.Text);
        Encoding.UTF8.GetBytes(text, _packed.GetSpan(bytes));
        _packed.Advance(bytes);
    }

    // Not minus zero, which an integer can't be.
    private static bool IsInteger(double number) =>
        Math.Abs(number) <= WritesFormat.MaxInteger && Math.Floor(number) == number && !(number == 0 && double.IsNegative(number));

    private void Put(ulong value) => _packed.Advance(Varint.Write(_packed.GetSpan(Varint.MaxBytes), value));
}
