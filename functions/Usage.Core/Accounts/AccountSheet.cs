using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Core.Problems;

namespace Usage.Core.Accounts;

/// <summary>
/// An account file: a CSV with the columns <c>account_id,name,crm_id,domains,aliases</c> in any order, of which only the first is
/// required. A missing column leaves what is stored; a blank cell of a column that is there clears it, except that an account needs
/// a name. Other columns are ignored, with a warning.
/// </summary>
public sealed class AccountSheet
{
    /// <summary>What is wrong is told row by row: a file of nothing but wrong rows must not take the memory of many files.</summary>
    public const int MaxRows = 500_000;

    private const int MaxColumns = 1_000;

    // Room for all the domains or aliases that an account may have.
    private const int MaxCell = 32_000;

    private static readonly string[] Columns = ["account_id", "name", "crm_id", "domains", "aliases"];

    private readonly List<AccountRow> _rows = [];
    private readonly List<RejectedRow> _rejected = [];
    private readonly Dictionary<AccountId, long> _seen = [];
    private readonly int[] _places;

    private AccountSheet(int[] places, IReadOnlyList<Problem> warnings) => (_places, Warnings) = (places, warnings);

    /// <summary>Valid in themselves, each account once.</summary>
    public IReadOnlyList<AccountRow> Rows => _rows;

    public IReadOnlyList<RejectedRow> Rejected => _rejected;

    public IReadOnlyList<Problem> Warnings { get; }

    /// <param name="csv">UTF-8, with a byte order mark or without.</param>
    /// <param name="problems">What is wrong with the file as a whole.</param>
    /// <returns>Null when something is.</returns>
    public static AccountSheet? Read(ReadOnlyMemory<byte> csv, out IReadOnlyList<Problem> problems)
    {
        var found = new ProblemList();
        var sheet = Read(csv, found);
        problems = found.Problems;
        return sheet;
    }

    private static AccountSheet? Read(ReadOnlyMemory<byte> csv, ProblemList problems)
    {
        if (BrokenLine(csv.Span) is > 0 and var line)
        {
            problems.Wrong(IssueCode.BadEncoding, "",
                FormattableString
                    .Invariant($"line {line}: found bytes that are not UTF-8, expected UTF-8; save the file as \"CSV UTF-8\""));
            return null;
        }

        var malformed = false;
        var options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            SkipEmptyLines = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = _ => malformed = true,
        };
        if (csv.Span.StartsWith(Encoding.UTF8.Preamble)) csv = csv[Encoding.UTF8.Preamble.Length..];
        using var reader = CsvReader.Create(csv, options);
        if (!reader.Read())
        {
            problems.Wrong(ProblemCode.EmptyBody, "", $"The file is empty, expected a header: {string.Join(',', Columns)}");
            return null;
        }

        if (reader.FieldCount > MaxColumns)
        {
            problems.Wrong(IssueCode.TooManyColumns, "",
                FormattableString.Invariant($"found {reader.FieldCount:N0} columns, expected at most {MaxColumns:N0}"));
            return null;
        }

        var header = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim().ToLowerInvariant()).ToList();
        CheckHeader(header, problems);
        if (problems.Problems.Count > 0) return null;
        var sheet = new AccountSheet([.. Columns.Select(column => header.IndexOf(column))], Unknown(header));
        malformed = false;
        for (long row = 1; reader.Read(); row++)
        {
            if (reader.FieldCount == 1 && reader.GetString(0).Trim().Length == 0) row--;
            else if (row > MaxRows)
            {
                problems.Wrong(IssueCode.TooManyRows, "", FormattableString.Invariant(
                    $"found more than {MaxRows:N0} rows, expected at most that; cut the file into several, and nothing of it is done yet"));
                return null;
            }
            else if (malformed)
                sheet.Reject(row, null, IssueCode.MalformedQuote, $"row {row}: a quote is wrong, expected RFC 4180 quoting");
            else if (reader.FieldCount != header.Count)
                sheet.Reject(row, null, IssueCode.WrongCellCount, $"row {row}: found {reader.FieldCount} cells, expected {header.Count}");
            else sheet.Add(reader, row);
            malformed = false;
        }

        return sheet;
    }

    private static void CheckHeader(List<string> header, ProblemList problems)
    {
        if (!header.Contains(Columns[0]))
            problems.Wrong(IssueCode.MissingColumn, Columns[0],
                $"column \"{Columns[0]}\" is missing; the columns are {string.Join(", ", header.Select(CellText.Shown))}");
        foreach (var column in Columns.Where(column => header.Count(other => other == column) > 1))
            problems.Wrong(IssueCode.DuplicateColumn, column,
                $"column \"{column}\" is there {header.Count(other => other == column)} times, expected once");
    }

    private static IReadOnlyList<Problem> Unknown(List<string> header)
    {
        var warnings = new ProblemList();
        foreach (var column in header.Except(Columns))
            warnings.Warn(ProblemCode.UnknownColumn, column,
                $"found column \"{CellText.Shown(column)}\", which is ignored; the columns are {string.Join(", ", Columns)}");
        return warnings.Problems;
    }

    private void Add(CsvReader reader, long row)
    {
        for (var column = 0; column < Columns.Length; column++)
        {
            if (Cell(reader, column) is not { Length: > MaxCell } cell) continue;
            Reject(row, null, IssueCode.TextTooLong, FormattableString.Invariant(
                $"row {row}, column \"{Columns[column]}\": found {cell.Length:N0} characters, expected at most {MaxCell:N0}"));
            return;
        }

        var text = Cell(reader, 0)!;
        if (!AccountId.TryParse(text, out var id))
        {
            Reject(row, text, ProblemCode.InvalidId,
                $"row {row}, column \"account_id\": found \"{CellText.Shown(text)}\", expected {AccountId.Rule}");
            return;
        }

        if (!_seen.TryAdd(id, row))
        {
            Reject(row, text, ProblemCode.Duplicate, $"row {row}: account \"{id}\" is in row {_seen[id]} already");
            return;
        }

        var account = new AccountRow(row, id, Cell(reader, 1), Cell(reader, 2), List(reader, 3), List(reader, 4));
        var problems = AccountRules.Validate(account.Over(null))
            .Where(problem => account.Name is not null || problem.Path != "name").ToList();
        foreach (var problem in problems)
            Reject(row, text, problem.Code, $"row {row}, column \"{ColumnOf(problem.Path)}\": {problem.Message}");
        if (problems.Count == 0) _rows.Add(account);
    }

    private void Reject(long row, string? account, string code, string message) =>
        _rejected.Add(new RejectedRow(row, account, code, message));

    /// <summary>Null: the file doesn't have the column.</summary>
    private string? Cell(CsvReader reader, int column) => _places[column] < 0 ? null : reader.GetString(_places[column]).Trim();

    private string[]? List(CsvReader reader, int column) =>
        Cell(reader, column)?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string ColumnOf(string path) => path == "crmId" ? "crm_id" : path.Split('[')[0];

    /// <returns>The first line that is no UTF-8, counted from 1 and with the header; 0 when there is none. The reader knows UTF-16 by its
    /// mark.</returns>
    private static int BrokenLine(ReadOnlySpan<byte> csv)
    {
        if (csv.StartsWith(Encoding.Unicode.Preamble) || csv.StartsWith(Encoding.BigEndianUnicode.Preamble)) return 0;
        var line = 1;
        foreach (var range in csv.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(csv[range])) return line;
            line++;
        }

        return 0;
    }
}
