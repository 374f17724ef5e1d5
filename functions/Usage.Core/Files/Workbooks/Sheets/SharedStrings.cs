using System.Text;
using Usage.Core.Files.Sources;
using Usage.Core.Files.Workbooks.Packages;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>
/// The texts that a workbook's cells name by number. Any cell may name any of them, so all are in memory: as UTF-8 one behind the other,
/// and within a limit.
/// </summary>
internal sealed class SharedStrings(FileLimits limits)
{
    private const int BlockBytes = 1 << 20;
    private const int BlockStarts = 1 << 16;

    private readonly List<byte[]> _blocks = [];
    private readonly List<int[]> _starts = [];
    private int _count;
    private int _end;
    private byte[] _joined = [];

    /// <summary>None was left out.</summary>
    public bool Complete { get; private set; } = true;

    /// <param name="enough">Unpacked bytes after which the rest is left out.</param>
    public void Load(PartReader xml, long enough, CancellationToken cancellationToken)
    {
        var text = new TextBuffer(limits);
        while (xml.Read())
        {
            if (!xml.IsElement || xml.Name != "si") continue;
            if (xml.BytesRead > enough)
            {
                Complete = false;
                return;
            }

            text.Clear();
            StringItem.Read(xml, text);
            Add(text.Text);
            if ((_count & 0x3FFF) == 0) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <returns>Whether there is such a text, which may be empty.</returns>
    public bool TryGet(int index, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (index < 0 || index >= _count) return false;
        var start = Start(index);
        var length = (index + 1 == _count ? _end : Start(index + 1)) - start;
        var (block, at) = Math.DivRem(start, BlockBytes);
        if (length == 0) return true;
        text = at + length <= BlockBytes ? _blocks[block].AsSpan(at, length) : Join(block, at, length);
        return true;
    }

    private int Start(int index) => _starts[index / BlockStarts][index % BlockStarts];

    private void Add(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (_end + (long)length + (sizeof(int) * (_count + 1L)) > limits.MaxSharedStringBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the workbook: found different texts of more than {limits.MaxSharedStringBytes} bytes, ")
                + "expected at most that many; save the sheet as CSV and drop that, or raise the limit MaxSharedStringBytes");
        if (_count % BlockStarts == 0) _starts.Add(new int[BlockStarts]);
        _starts[^1][_count++ % BlockStarts] = _end;
        if (_joined.Length < length) _joined = new byte[Math.Max(length, 1024)];
        Encoding.UTF8.GetBytes(text, _joined);
        Append(_joined.AsSpan(0, length));
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var at = _end % BlockBytes;
            if (at == 0) _blocks.Add(new byte[BlockBytes]);
            var taken = Math.Min(bytes.Length, BlockBytes - at);
            bytes[..taken].CopyTo(_blocks[^1].AsSpan(at));
            _end += taken;
            bytes = bytes[taken..];
        }
    }

    private ReadOnlySpan<byte> Join(int block, int at, int length)
    {
        if (_joined.Length < length) _joined = new byte[length];
        for (var filled = 0; filled < length; (block, at) = (block + 1, 0))
        {
            var piece = _blocks[block].AsSpan(at, Math.Min(BlockBytes - at, length - filled));
            piece.CopyTo(_joined.AsSpan(filled));
            filled += piece.Length;
        }

        return _joined.AsSpan(0, length);
    }
}
