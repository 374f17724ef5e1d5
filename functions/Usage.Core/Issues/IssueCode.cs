namespace Usage.Core.Issues;

/// <summary>The codes of everything that can be wrong with a cell, a row or a file.</summary>
public static class IssueCode
{
    public const string NotANumber = "not-a-number";
    public const string NumberNotExact = "number-not-exact";
    public const string NotABoolean = "not-a-boolean";
    public const string TextTooLong = "text-too-long";
    public const string DateMissing = "date-missing";
    public const string NotADate = "not-a-date";
    public const string DateInFuture = "date-in-future";

    public const string Unmatched = "unmatched";
    public const string NoAccountKey = "no-account-key";
    public const string Ambiguous = "ambiguous";
    public const string WrongCellCount = "wrong-cell-count";
    public const string MalformedQuote = "malformed-quote";
    public const string NulByte = "nul-byte";
    public const string BadEncoding = "bad-encoding";
    public const string UnknownMetric = "unknown-metric";

    /// <summary>A later run has written all that the row gives: it is kept below. Their number is the count.</summary>
    public const string NewerValue = "newer-value";

    public const string EmptyFile = "empty-file";
    public const string NotACsv = "not-a-csv";
    public const string MissingColumn = "missing-column";
    public const string DuplicateColumn = "duplicate-column";
    public const string DateOrderUndecided = "date-order-undecided";
    public const string DateOrderContradicted = "date-order-contradicted";
    public const string FileDateMissing = "file-date-missing";
    public const string DecimalSeparatorUndecided = "decimal-separator-undecided";
    public const string DecimalSeparatorContradicted = "decimal-separator-contradicted";
    public const string BooleanWordsUndecided = "boolean-words-undecided";
    public const string UnclosedQuote = "unclosed-quote";
    public const string GzipTruncated = "gzip-truncated";
    public const string FileTooLarge = "file-too-large";
    public const string TooManyRows = "too-many-rows";
    public const string TooManyColumns = "too-many-columns";
    public const string CellTooLong = "cell-too-long";
    public const string Aborted = "aborted";
    public const string TooManyErrors = "too-many-errors";
    public const string NothingRecorded = "nothing-recorded";
    /// <summary>The outcomes don't add up to the rows read: a defect of the importer.</summary>
    public const string CountsDiffer = "counts-differ";
    public const string PullFailed = "pull-failed";
    public const string UnknownIntegration = "unknown-integration";
    public const string IntegrationNotReady = "integration-not-ready";
    public const string FileReplaced = "file-replaced";

    /// <summary>Rejected rows came back of a run that has been undone, or were to be replayed.</summary>
    public const string ParentUndone = "parent-undone";

    /// <summary>Rows came back that aren't those which the run had rejected.</summary>
    public const string RowsApart = "rows-apart";

    /// <summary>Rows came back of a run that has rejected none.</summary>
    public const string NothingRejected = "nothing-rejected";

    /// <summary>The importer failed, not the file.</summary>
    public const string ImportFailed = "import-failed";

    public const string ReadAsWindows1252 = "read-as-windows-1252";
    public const string DecimalSeparatorAssumed = "decimal-separator-assumed";

    /// <summary>Sums, averages and counts that were recorded without a refused row. Their number is the count.</summary>
    public const string IncompleteTotal = "incomplete-total";

    /// <summary>Without history: rows gave way to others of their account. Their number is the count.</summary>
    public const string RowsSuperseded = "rows-superseded";

    /// <summary>Those that rows have.</summary>
    public static IReadOnlyList<string> OfRows { get; } =
    [
        NotANumber, NumberNotExact, NotABoolean, TextTooLong, DateMissing, NotADate, DateInFuture, Unmatched, NoAccountKey, Ambiguous,
        WrongCellCount, MalformedQuote, NulByte, BadEncoding, UnknownMetric, NewerValue,
    ];
}
