using System.Text.Json.Nodes;

namespace Usage.Testing.Corpus;

/// <summary>What must come of a file; worked out by hand from the specification.</summary>
public sealed record CorpusExpectation : CorpusRun
{
    public required string About { get; init; }

    /// <summary>The name of a file that is made by <see cref="Make"/>.</summary>
    public string? File { get; init; }

    public CorpusRecipe? Make { get; init; }

    public IReadOnlyList<JsonObject>? Products { get; init; }

    public IReadOnlyList<JsonObject>? Accounts { get; init; }

    /// <summary>Members that replace the setup's.</summary>
    public JsonObject? Integration { get; init; }

    public CorpusUpload Upload { get; init; } = new();

    /// <summary>Text of a file that is dropped first, and recorded.</summary>
    public string? Before { get; init; }

    public CorpusPut Put { get; init; } = new();

    /// <summary>All rows of <c>rejected.csv</c>.</summary>
    public IReadOnlyList<CorpusRejected>? Rejected { get; init; }

    public CorpusRedrop? Redrop { get; init; }

    /// <summary>Of the same file as a test run, before it is dropped.</summary>
    public CorpusRun? TestRun { get; init; }

    public CorpusSuggest? Suggest { get; init; }
}

/// <param name="Name">Else the file's own.</param>
/// <param name="Date">As <c>?date=</c>.</param>
/// <param name="By"><c>blob</c>: into the container instead of over HTTP.</param>
public sealed record CorpusUpload(string? Name = null, string? Date = null, string? By = null);

/// <summary>What the <c>PUT</c> of the integration answers.</summary>
/// <param name="Status">A refusal: the file isn't dropped then.</param>
/// <param name="Warnings">Codes that are among its warnings.</param>
public sealed record CorpusPut(int? Status = null, IReadOnlyList<string>? Warnings = null);

public sealed record CorpusRejected(
    long Row, string? Outcome = null, string? Code = null, string? Raw = null, IReadOnlyDictionary<string, string>? Cells = null);

/// <summary>The run's <c>rejected.csv</c> is dropped again, as it is or mended.</summary>
public sealed record CorpusRedrop : CorpusRun
{
    /// <summary>Cells to set, by <c>_row</c>; <c>_raw</c> is emptied there.</summary>
    public IReadOnlyList<CorpusRejected> Mend { get; init; } = [];
}

public sealed record CorpusSuggest(int Status, string? Code = null, IReadOnlyList<string>? Holds = null);
