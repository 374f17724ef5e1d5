using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Usage.Core.Files.Planning;
using Usage.Core.Files.Reading;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using Usage.Core.Values;

namespace Usage.Core.Files.Rejected;

/// <summary>
/// Reads a file for the rejected rows that come back in it. Its own values are none of its business: those are read with their run's file.
/// </summary>
/// <param name="name">Of the file.</param>
/// <param name="open">Called for each pass.</param>
/// <param name="format">As files of the integration are declared.</param>
public sealed class CorrectedFile(string name, Func<CancellationToken, Task<Stream>> open, FileFormat format, FileLimits limits)
{
    // A spreadsheet that saves the file as a workbook calls its sheet as it likes.
    private readonly FileFormat _format = format with { Sheet = null };
    private Charset? _charset;

    /// <summary>Of the file as it was dropped, once it has been read to its end.</summary>
    public string? Sha256 { get; private set; }

    /// <returns>The run that all rows name; null: it is no file of rejected rows, or no run is named by all.</returns>
    public async Task<string?> FindRunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await OnlyRunAsync(cancellationToken);
            }
            catch (EncodingFoundException found) when (_charset is null)
            {
                _charset = found.Charset;
            }
            catch (Exception unreadable) when (unreadable is FileRejectedException or CsvFormatException)
            {
                // Whoever reads it as a file of its own says what is wrong with it.
                return null;
            }
        }
    }

    /// <summary>The columns of the run's file, by their places in this one; those that were added to it aren't among them.</summary>
    public async Task<IReadOnlyList<(string Name, int Column)>> ColumnsAsync(CancellationToken cancellationToken)
    {
        await using var source = await OpenAsync(cancellationToken);
        using var reader = Reader(source);
        var header = await HeaderAsync(reader, cancellationToken);
        return [.. header.Select((name, column) => (name, column)).Where(one => !ReservedColumns.Contains(one.name))];
    }

    /// <summary>After <see cref="FindRunAsync"/> has found a run.</summary>
    /// <param name="columns">Whose cells are wanted.</param>
    public async IAsyncEnumerable<CorrectedLine> ReadAsync(
        IReadOnlyList<int> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var source = await OpenAsync(cancellationToken);
        using var reader = Reader(source);
        var header = await HeaderAsync(reader, cancellationToken);
        var (row, run) = (ReservedColumns.Find(header, ReservedColumns.Row), ReservedColumns.Find(header, ReservedColumns.Run));
        var limit = Start(reader, source, header);
        while (await reader.ReadAsync(cancellationToken))
        {
            limit.Check(reader, reader.Row);
            yield return new CorrectedLine(reader.Row, reader.Broken, Text(reader, run), Text(reader, row), reader.IsRaw)
            {
                Cells = reader.Broken is null ? [.. columns.Select(column => Text(reader, column))] : [],
            };
        }

        Sha256 = await source.CompleteAsync(cancellationToken);
    }

    private async Task<string?> OnlyRunAsync(CancellationToken cancellationToken)
    {
        await using (var source = await OpenAsync(cancellationToken))
        {
            if (SampleRecords.RejectedDelimiter(source.Sample.Span) is null) return null;
            using var reader = Reader(source);
            if (ReservedColumns.Find(await HeaderAsync(reader, cancellationToken), ReservedColumns.Run) < 0) return null;
        }

        string? only = null;
        await foreach (var line in ReadAsync([], cancellationToken))
        {
            // What a broken row names can't be trusted.
            if (line.Broken is not null && !line.IsRaw) continue;
            if (line.Run.Length == 0 || (only ?? line.Run) != line.Run) return null;
            only = line.Run;
        }

        return only;
    }

    private Task<FileSource> OpenAsync(CancellationToken cancellationToken) => FileSource.OpenAsync(
        new FileOpening(name, open, _ => Task.FromResult(Stream.Null), _format, limits, BytesRead: null), _charset, cancellationToken);

    private RecordReader Reader(FileSource source) =>
        RecordReader.CreateForFile(
            source.Text, SampleRecords.RejectedDelimiter(source.Sample.Span) ?? ',', source.TextStart, limits.MaxRecordBytes,
            source.IsWorkbook);

    private static async Task<IReadOnlyList<string>> HeaderAsync(RecordReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) return [];
        return [.. Enumerable.Range(0, reader.Csv.FieldCount).Select(column =>
            CellText.Name(FormulaGuard.TakeOff(reader.Csv.GetSpan(column))))];
    }

    private CellLimits Start(RecordReader reader, FileSource source, IReadOnlyList<string> header)
    {
        var columns = new ColumnMap(header);
        // A rule about a column of another version says nothing here.
        var ignored = _format.IgnoreRows.Where(rule => rule.Column is not { } column || columns.Find(column) >= 0).ToList();
        var shape = new RowShape(
            header, source.Encoding.Name, mended: true, source.IsWorkbook ? MissingCells.Blank : MissingCells.Invalid, ignored,
            source.IsWorkbook);
        reader.StartRows(shape, new IgnoredLog());
        return new CellLimits(shape, limits);
    }

    private static string Text(RecordReader reader, int column) => Encoding.UTF8.GetString(reader.GetCell(column));
}

/// <summary>A row of a corrected file.</summary>
/// <param name="Place">Among the file's rows, from 1.</param>
/// <param name="Broken">Why nothing of it can be read, or, where <paramref name="IsRaw"/>, that it isn't mended; else null.</param>
/// <param name="Run">That it names.</param>
/// <param name="Row">The number that it has in that run's file, as it stands.</param>
/// <param name="IsRaw">It was broken as a row, and isn't mended.</param>
public sealed record CorrectedLine(long Place, BrokenRow? Broken, string Run, string Row, bool IsRaw)
{
    /// <summary>As many as columns were asked for; none of a broken row.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}
