using System.Buffers;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Rejected;
using Usage.Core.Issues;

namespace Usage.Core.Snapshots.Reading;

/// <summary>Writes the lines of rejected rows in pieces of about 64 KiB.</summary>
internal sealed class RejectedRows(RejectedCsv csv, Stream target)
{
    private const int PieceBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _piece = new();

    public void Add(RecordReader record, RowOutcome outcome, RowFindings findings)
    {
        csv.AppendRow(_piece, record, outcome, findings.Code, findings.Message);
        if (_piece.WrittenCount >= PieceBytes) Flush();
    }

    public void Flush()
    {
        target.Write(_piece.WrittenSpan);
        _piece.ResetWrittenCount();
    }
}
