using System.Buffers;
using System.Text;

namespace Usage.Core.Files.Sources;

/// <summary>What bytes tell of their encoding: a valid sequence of several bytes is UTF-8, others that aren't ASCII are not.</summary>
internal sealed class Utf8Evidence
{
    private readonly byte[] _carry = new byte[4];
    private int _carried;
    private long _total;

    /// <summary>Some character of several bytes is there. Nothing behind it is looked at.</summary>
    public bool IsUtf8 { get; private set; }

    /// <summary>The first byte that is not UTF-8, and where it is.</summary>
    public (long Offset, byte Found)? Broken { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!IsUtf8 && !bytes.IsEmpty)
        {
            var taken = _carried > 0 ? AddToCarried(bytes[0]) : AddWhole(bytes);
            bytes = bytes[taken..];
            _total += taken;
        }
    }

    public void End()
    {
        if (_carried > 0) Break(_total - _carried, _carry[0]);
        _carried = 0;
    }

    private int AddToCarried(byte next)
    {
        _carry[_carried] = next;
        switch (Rune.DecodeFromUtf8(_carry.AsSpan(0, _carried + 1), out _, out _))
        {
            case OperationStatus.NeedMoreData:
                _carried++;
                return 1;
            case OperationStatus.Done:
                IsUtf8 = true;
                return 1;
            default:
                Break(_total - _carried, _carry[0]);
                _carried = 0;
                return 0;
        }
    }

    private int AddWhole(ReadOnlySpan<byte> bytes)
    {
        var ascii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
        if (ascii != 0) return ascii < 0 ? bytes.Length : ascii;
        var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
        if (status == OperationStatus.Done) IsUtf8 = true;
        else if (status == OperationStatus.InvalidData) Break(_total, bytes[0]);
        else
        {
            bytes.CopyTo(_carry);
            _carried = length;
        }
        return length;
    }

    private void Break(long offset, byte found) => Broken ??= (offset, found);
}
