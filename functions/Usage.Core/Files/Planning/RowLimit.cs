using Usage.Core.Files.Reading;
using Usage.Core.Files.Shapes;
using Usage.Core.Files.Sources;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Planning;

/// <summary>How many rows a file may have. A row of a wide file is as many as the file has date columns.</summary>
internal sealed class RowLimit(WantedColumns wanted, IReadOnlyList<string> header, FileLimits limits)
{
    /// <summary>Each filled cell of a date column is an entry of its own, which takes memory while its batch is read.</summary>
    private const int MaxBatchCells = 500_000;

    private readonly int _dateColumns =
        wanted.DateFormats.SelectMany(format => DateHeader.Find(header, format)).Select(date => date.Column).Distinct().Count();

    /// <summary>Rows that a batch may have.</summary>
    public long MaxBatchRows => _dateColumns == 0 ? long.MaxValue : Math.Max(1, MaxBatchCells / _dateColumns);

    /// <summary>Rows that the file may have.</summary>
    public long MaxRows => _dateColumns == 0 ? limits.MaxRows : limits.MaxRows / _dateColumns;

    public FileRejectedException TooMany() => new(IssueCode.TooManyRows, _dateColumns == 0
        ? Invariant($"the file: found more than {MaxRows} rows, expected at most that many; split it, or raise the limit MaxRows")
        : Invariant($"the file: found more than {MaxRows} rows of {_dateColumns} date columns, expected rows times date columns to be ")
            + Invariant($"at most {limits.MaxRows}; split it, or raise the limit MaxRows"));
}
