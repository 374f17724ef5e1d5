using System.Text;
using CsvHelper;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Issues;
using Usage.Functions.Http;
using Usage.Storage.Accounts;

namespace Usage.Functions.Accounts;

/// <summary>The CSV of <c>POST /accounts/import</c>: <c>account_id,name,crm_id,domains,aliases</c> in any order, the last three optional.</summary>
internal sealed class AccountCsv
{
    private static readonly string[] Columns = ["account_id", "name", "crm_id", "domains", "aliases"];

    private readonly int[] places;

    private AccountCsv(int[] places) => this.places = places;

    public List<AccountRow> Rows { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    /// <returns>What is wrong with the file as a whole; rows that are wrong are in <see cref="Rejected"/>.</returns>
    public static (AccountCsv? Csv, IReadOnlyList<ApiError> Errors) Read(ReadOnlyMemory<byte> body)
    {
        if (BrokenLine(body.Span) is > 0 and var line)
            return (null, [new(IssueCode.BadEncoding, "", $"line {line}: found bytes that are not UTF-8, expected UTF-8; save the file as \"CSV UTF-8\"")]);
        var malformed = false;
        var options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            SkipEmptyLines = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = _ => malformed = true,
        };
        using var reader = CsvReader.Create(Utf8(body), options);
        if (!reader.Read()) return (null, [new(ApiErrorCode.EmptyBody, "", $"The file is empty, expected a header: {string.Join(',', Columns)}")]);
        var header = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim().ToLowerInvariant()).ToList();
        var errors = HeaderErrors(header);
        if (errors.Count > 0) return (null, errors);

        var csv = new AccountCsv([.. Columns.Select(column => header.IndexOf(column))]);
        var seen = new Dictionary<AccountId, long>();
        malformed = false;
        for (long row = 1; reader.Read(); row++)
        {
            if (reader.FieldCount == 1 && reader.GetString(0).Trim().Length == 0) row--;
            else if (malformed) csv.Reject(row, null, "malformed-quote", $"row {row}: a quote is wrong, expected RFC 4180 quoting");
            else if (reader.FieldCount != header.Count) csv.Reject(row, null, "wrong-cell-count", $"row {row}: found {reader.FieldCount} cells, expected {header.Count}");
            else csv.Add(reader, row, seen);
            malformed = false;
        }

        return (csv, []);
    }

    private void Add(CsvReader reader, long row, Dictionary<AccountId, long> seen)
    {
        var text = Cell(reader, 0);
        if (!AccountId.TryParse(text, out var id))
        {
            Reject(row, text, ApiErrorCode.InvalidId, $"row {row}, column \"account_id\": found \"{text}\", expected {AccountId.Rule}");
            return;
        }

        if (!seen.TryAdd(id, row))
        {
            Reject(row, text, "duplicate", $"row {row}: account \"{id}\" is in row {seen[id]} already");
            return;
        }

        var body = new AccountBody { Name = Cell(reader, 1), CrmId = Cell(reader, 2), Domains = List(Cell(reader, 3)), Aliases = List(Cell(reader, 4)) };
        var account = body.ToAccount(id);
        var problems = AccountRules.Validate(account);
        foreach (var problem in problems) Reject(row, text, problem.Code, $"row {row}, {problem.Path}: {problem.Message}");
        if (problems.Count == 0) Rows.Add(new AccountRow(row, account));
    }

    private void Reject(long row, string? account, string code, string message) => Rejected.Add(new RejectedRow(row, account, code, message));

    private string Cell(CsvReader reader, int column) => places[column] < 0 ? "" : reader.GetString(places[column]).Trim();

    private static string[] List(string cell) => cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static List<ApiError> HeaderErrors(List<string> header)
    {
        var errors = new List<ApiError>();
        var there = string.Join(", ", header);
        foreach (var column in Columns[..2].Where(column => !header.Contains(column)))
            errors.Add(new("missing-column", column, $"column \"{column}\" is missing; the columns are {there}"));
        foreach (var column in header.Where(column => !Columns.Contains(column)).Distinct())
            errors.Add(new("unknown-column", column, $"found column \"{column}\", expected {string.Join(", ", Columns)}"));
        foreach (var column in header.GroupBy(column => column).Where(group => group.Count() > 1))
            errors.Add(new("duplicate-column", column.Key, $"column \"{column.Key}\" is there {column.Count()} times, expected once"));
        return errors;
    }

    /// <returns>The first line that is no UTF-8, counted from 1 and with the header; 0 when there is none. UTF-16 says so itself.</returns>
    private static int BrokenLine(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(Encoding.Unicode.Preamble) || body.StartsWith(Encoding.BigEndianUnicode.Preamble)) return 0;
        var line = 1;
        foreach (var range in body.Split((byte)'\n'))
        {
            if (!System.Text.Unicode.Utf8.IsValid(body[range])) return line;
            line++;
        }

        return 0;
    }

    private static ReadOnlyMemory<byte> Utf8(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
}

/// <param name="Row">Counted from 1, the header not counted.</param>
/// <param name="Account">The row's account id as it stands there; null when the row can't be read.</param>
public sealed record RejectedRow(long Row, string? Account, string Code, string Message);
