using System.Text.Json;

namespace Usage.Testing.Corpus;

/// <summary>What must come of one run. A member that isn't there is not compared.</summary>
public record CorpusRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>As the API writes a run's.</summary>
    public string? Status { get; init; }

    /// <summary>A <see cref="CorpusError"/>; null: the run has none; without <c>code</c>: it has one, whichever.</summary>
    public JsonElement Error { get; init; }

    /// <summary>The error that is expected, if one is.</summary>
    public CorpusError? FindError() =>
        Error.ValueKind == JsonValueKind.Object ? Error.Deserialize<CorpusError>(Json) : null;

    /// <summary>Outcomes that are left out are 0.</summary>
    public IReadOnlyDictionary<string, long>? Rows { get; init; }

    /// <summary>All that is stored afterwards.</summary>
    public IReadOnlyList<CorpusSnapshot>? Snapshots { get; init; }

    /// <summary>All samples of the run's errors, in any order; where <see cref="Warnings"/> isn't there, those of warnings too.</summary>
    public IReadOnlyList<CorpusIssue>? Issues { get; init; }

    /// <summary>Samples that are among the run's.</summary>
    public IReadOnlyList<CorpusIssue> SomeIssues { get; init; } = [];

    /// <summary>All issues of severity warning.</summary>
    public IReadOnlyList<CorpusWarning>? Warnings { get; init; }

    /// <summary>How many rows each rule found, as the API writes it.</summary>
    public JsonElement Matched { get; init; }

    /// <summary>In values, as the API writes it.</summary>
    public JsonElement Changes { get; init; }

    /// <summary>What is no row, all entries together.</summary>
    public CorpusIgnored? Ignored { get; init; }

    /// <summary>All rows of a test run's preview.</summary>
    public IReadOnlyList<CorpusPreview>? Preview { get; init; }
}

/// <param name="Holds">Texts that the message holds, in any case of letters; so everywhere below.</param>
public sealed record CorpusError(string? Code = null, string? Message = null, IReadOnlyList<string>? Holds = null);

public sealed record CorpusIssue(
    string Code, long? Row = null, string? Column = null, string? Message = null, IReadOnlyList<string>? Holds = null);

/// <param name="Rows">Among the samples'.</param>
public sealed record CorpusWarning(
    string Code, long? Count = null, IReadOnlyList<long>? Rows = null, IReadOnlyList<string>? Holds = null);

public sealed record CorpusIgnored(long Count, IReadOnlyList<string>? Holds = null);

public sealed record CorpusPreview(long Row, string Outcome);

/// <param name="Date"><c>yyyy-MM-dd</c>, or <c>automatic</c>: the product's for the time at which the file arrived.</param>
/// <param name="Values">Numbers, texts and booleans by dimension.</param>
public sealed record CorpusSnapshot(string Account, string Product, string Date, IReadOnlyDictionary<string, JsonElement> Values);
