using System.Text.Json.Nodes;

namespace Usage.Testing.Corpus;

/// <summary>The source page's configuration, in the API's JSON.</summary>
public sealed record CorpusSetup
{
    public required string About { get; init; }

    /// <summary>Settings of the app under test.</summary>
    public required CorpusLimits Limits { get; init; }

    public required IReadOnlyList<JsonObject> Products { get; init; }

    public required IReadOnlyList<JsonObject> Accounts { get; init; }

    public required JsonObject Integration { get; init; }
}

/// <summary>Lower than the defaults, so that a bomb needn't be unpacked to 4 GiB.</summary>
public sealed record CorpusLimits(long MaxUnpackedBytes);
