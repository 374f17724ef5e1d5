using System.Text.Json;
using System.Text.Json.Nodes;

namespace Usage.Testing.Corpus;

/// <summary>What must come of a file; worked out by hand from the specification. What is null is not compared.</summary>
public sealed record CorpusExpectation
{
    public required string About { get; init; }

    /// <summary>The name of a file that is made by <see cref="Make"/>.</summary>
    public string? File { get; init; }

    public CorpusRecipe? Make { get; init; }

    public IReadOnlyList<JsonObject>? Products { get; init; }

    public IReadOnlyList<JsonObject>? Accounts { get; init; }

    /// <summary>Members that replace the setup's.</summary>
    public JsonObject? Integration { get; init; }

    /// <summary>As the API writes a run's.</summary>
    public required string Status { get; init; }

    /// <summary>Null: the run has no error.</summary>
    public required CorpusError? Error { get; init; }

    /// <summary>Outcomes that are left out are 0.</summary>
    public IReadOnlyDictionary<string, long>? Rows { get; init; }

    /// <summary>All that is stored afterwards.</summary>
    public required IReadOnlyList<CorpusSnapshot> Snapshots { get; init; }

    /// <summary>All of the run's samples, in any order.</summary>
    public required IReadOnlyList<CorpusIssue> Issues { get; init; }
}

public sealed record CorpusError(string Code, string? Message = null);

public sealed record CorpusIssue(string Code, long? Row = null, string? Column = null, string? Message = null);

/// <param name="Date"><c>yyyy-MM-dd</c>, or <c>automatic</c>: the product's for the time at which the file arrived.</param>
/// <param name="Values">Numbers, texts and booleans by dimension.</param>
public sealed record CorpusSnapshot(string Account, string Product, string Date, IReadOnlyDictionary<string, JsonElement> Values);
