using System.Text.Json.Nodes;

namespace Usage.Testing.Corpus;

/// <summary>One file to drop, by its name with its ending.</summary>
public sealed record CorpusFile(string Name, byte[] Content, CorpusExpectation Expectation, CorpusSetup Setup)
{
    /// <summary>
    /// Bodies as the API takes them, each with its <c>id</c> (and a product's <c>dimensions</c>, each with its <c>id</c>).
    /// </summary>
    public IReadOnlyList<JsonObject> Products => Expectation.Products ?? Setup.Products;

    public IReadOnlyList<JsonObject> Accounts => Expectation.Accounts ?? Setup.Accounts;

    /// <summary>The body of <c>PUT /integrations/{i}</c>: the setup's with the members that the file has its own of.</summary>
    public JsonObject Integration
    {
        get
        {
            var body = (JsonObject)Setup.Integration.DeepClone();
            foreach (var (member, value) in Expectation.Integration ?? []) body[member] = value?.DeepClone();
            return body;
        }
    }

    public override string ToString() => Name;
}
