using System.Buffers.Binary;
using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Values;

namespace Usage.Core.Changes;

/// <summary>Unpacks groups of writes, one after the other.</summary>
/// <exception cref="InvalidDataException">They end within a group.</exception>
public sealed class WritesReader(ReadOnlyMemory<byte> packed)
{
    private int _position;
    private long _lastRow;

    /// <summary>Where the last group begins; a reader of what is packed from there on begins with it.</summary>
    public int Start { get; private set; }

    /// <param name="isWanted">Whether a group is, by product, date and block; the others are passed over. Null: all are.</param>
    /// <returns>Null at the end.</returns>
    public GroupWrites? Next(Func<(int Product, DateOnly Date, int Block), bool>? isWanted = null)
    {
        while (_position < packed.Length)
        {
            (Start, _lastRow) = (_position, 0);
            var (product, date, block) = ((int)Take(), DateOnly.FromDayNumber((int)Take()), (int)Take());
            var count = (int)Take();
            if (isWanted?.Invoke((product, date, block)) != false)
            {
                var accounts = new AccountWrites[count];
                for (var i = 0; i < accounts.Length; i++) accounts[i] = TakeAccount(block);
                return new GroupWrites(product, date, block, accounts);
            }

            for (; count > 0; count--) PassAccount();
        }

        return null;
    }

    private AccountWrites TakeAccount(int block)
    {
        var ordinal = (block * Partitioning.BlockSize) + (int)Take();
        var rows = new MergedRow[(int)Take()];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Take();
            _lastRow += WritesFormat.UnZigZag(row >> 3);
            rows[i] = new MergedRow(_lastRow, (MatchBy)((row >> 1) & 3), (row & 1) != 0);
        }

        var cells = new CellWrite[(int)Take()];
        for (var i = 0; i < cells.Length; i++) cells[i] = TakeCell(rows);
        return new AccountWrites(ordinal, rows, cells);
    }

    private CellWrite TakeCell(MergedRow[] rows)
    {
        var tag = Take();
        var value = TakeValue();
        var old = (int)(tag & 3) switch
        {
            WritesFormat.OldNothing => null,
            WritesFormat.OldSame => value,
            _ => TakeValue(),
        };
        var source = rows.Length > 1 ? new CellSource(_lastRow + WritesFormat.UnZigZag(Take()), (long)Take())
            : new CellSource(rows.Length == 0 ? 0 : _lastRow, 1);
        return new CellWrite((int)(tag >> WritesFormat.TagBits), value, old, (tag & WritesFormat.SupersededBit) != 0, source)
        {
            TakenBack = (tag & WritesFormat.TakenBackBit) != 0,
        };
    }

    private void PassAccount()
    {
        Take();
        var rows = (int)Take();
        for (var i = 0; i < rows; i++) Take();
        for (var cells = (int)Take(); cells > 0; cells--)
        {
            var tag = Take();
            PassValue();
            if ((int)(tag & 3) == WritesFormat.OldOther) PassValue();
            if (rows <= 1) continue;
            Take();
            Take();
        }
    }

    private void PassValue()
    {
        var head = Take();
        var kind = (int)(head & WritesFormat.KindMask);
        if (kind == WritesFormat.Double) TakeBytes(sizeof(double));
        else if (kind == WritesFormat.Text) TakeBytes((int)(head >> 3));
    }

    private UsageValue? TakeValue()
    {
        var head = Take();
        switch ((int)(head & WritesFormat.KindMask))
        {
            case WritesFormat.None: return null;
            case WritesFormat.False: return UsageValue.Of(false);
            case WritesFormat.True: return UsageValue.Of(true);
            case WritesFormat.Integer: return UsageValue.Of((double)WritesFormat.UnZigZag(head >> 3));
            case WritesFormat.Double:
                return UsageValue.Of(BinaryPrimitives.ReadDoubleLittleEndian(TakeBytes(sizeof(double))));
            default: return UsageValue.Of(Encoding.UTF8.GetString(TakeBytes((int)(head >> 3))));
        }
    }

    private ReadOnlySpan<byte> TakeBytes(int count)
    {
        if (packed.Length - _position < count) throw Varint.Broken();
        _position += count;
        return packed.Span.Slice(_position - count, count);
    }

    private ulong Take() => Varint.Read(packed.Span, ref _position);
}
