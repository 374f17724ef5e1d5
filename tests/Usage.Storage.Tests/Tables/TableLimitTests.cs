using Azure;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Storage.Integrations;
using Usage.Storage.Tables;

namespace Usage.Storage.Tests.Tables;

/// <summary>What Azure refuses is refused before anything is sent, whatever the emulator takes.</summary>
public sealed class TableLimitTests
{
    // Nobody listens there, and nobody is asked.
    private const string Nowhere = "AccountName=acme;AccountKey=AAECAwQ=;TableEndpoint=http://127.0.0.1:1/acme";

    private static readonly UsageTable Table = new(new TableClient(Nowhere, "usage"));

    public static TheoryData<string, string> BadKeys { get; } = new()
    {
        { "a/b", "U+002F" }, { "a\\b", "U+005C" }, { "a#b", "U+0023" }, { "a?b", "U+003F" }, { "a\0b", "U+0000" }, { "a\u001Fb", "U+001F" },
        { "a\u007Fb", "U+007F" }, { "a\u009Fb", "U+009F" }, { new string('k', 513), "513 characters" },
    };

    [Theory, MemberData(nameof(BadKeys))]
    public async Task A_bad_key_is_refused_by_every_write(string key, string found)
    {
        Func<Task>[] writes =
        [
            () => Table.AddEntityAsync(new TableEntity(key, "r")),
            () => Table.UpsertEntityAsync(new TableEntity("p", key)),
            () => Table.UpdateEntityAsync(new TableEntity("p", key), ETag.All),
            () => Table.DeleteEntityAsync("p", key),
            () => Table.SubmitAsync([new TableEntity("p", "r"), new TableEntity("p", key)], TableTransactionActionType.Add, default),
        ];

        foreach (var write in writes)
            Assert.Contains(found, (await Assert.ThrowsAsync<TableLimitException>(write)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_says_where_what_was_found_and_the_limit() => Assert.Equal(
        "table usage, entity \"p\" / \"a?b\": found U+003F in the row key, expected none of / \\ # ? nor control characters",
        Refuse(new TableEntity("p", "a?b")));

    [Theory, InlineData("a-b"), InlineData("1a"), InlineData("a b"), InlineData("a.b")]
    public void A_property_name_is_an_identifier(string name) => Assert.EndsWith(
        $"found a property \"{name}\", expected a name of A-Z, a-z, 0-9 and _, at most 255, no digit first",
        Refuse(With((name, 1))), StringComparison.Ordinal);

    [Fact]
    public void A_property_name_has_255_characters_at_most()
    {
        Take(With((new string('n', 255), 1)));
        Assert.Contains("at most 255", Refuse(With((new string('n', 256), 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entity_has_252_properties_at_most()
    {
        var entity = With([.. Enumerable.Range(0, 252).Select(i => ($"d_{i}", (object)i))]);
        entity["nothing"] = null;
        Take(entity);

        entity["one_more"] = 1;

        Assert.EndsWith("found 253 properties, expected at most 252", Refuse(entity), StringComparison.Ordinal);
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void A_number_is_finite(double number) => Assert.EndsWith(
        FormattableString.Invariant($"found {number} in mau, expected a finite number"),
        Refuse(With(("mau", number))), StringComparison.Ordinal);

    [Fact]
    public void A_text_has_32768_characters_at_most()
    {
        Take(With(("text", new string('€', 32_768))));
        Assert.EndsWith(
            "found 32,769 characters in text, expected at most 32,768",
            Refuse(With(("text", new string('a', 32_769)))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entity_has_a_mebibyte_at_most()
    {
        var entity = With([.. Enumerable.Range(0, 15).Select(i => ($"t{i:00}", (object)new string('€', 32_768)))]);
        // 4 and 2 for each character of the keys; for each text 8, 2 for each character of its name, 4 and 2 for each of its own.
        entity["last"] = new string('€', (1_048_576 - (4 + 4) - 15 * (8 + 6 + 4 + 65_536) - (8 + 8 + 4)) / 2);
        Take(entity);

        entity["last"] += "€";

        Assert.EndsWith("found 1,048,578 bytes, expected at most 1,048,576", Refuse(entity), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_nobody_reads_back_is_refused() => Assert.EndsWith(
        "found a UInt32 in x, expected a String, Double, Boolean, Int32, Int64 or DateTimeOffset",
        Refuse(With(("x", 1u))), StringComparison.Ordinal);

    [Fact]
    public async Task A_document_that_is_too_large_is_refused()
    {
        var store = new IntegrationStore(new UsageTables(new TableServiceClient(Nowhere)));
        var integration = new Integration { Id = new IntegrationId("large"), Name = new string('n', 600_000) };

        var refused = await Assert.ThrowsAsync<TableLimitException>(
            () => store.TryWriteAsync(integration, new(integration, default), default));

        Assert.StartsWith(
            "table integrationversions, entity \"large\" / \"0000000000\": found 1,20", refused.Message, StringComparison.Ordinal);
    }

    private static TableEntity With(params (string Name, object Value)[] properties)
    {
        var entity = new TableEntity("p", "r");
        foreach (var (name, value) in properties) entity[name] = value;
        return entity;
    }

    private static TableTransaction Take(TableEntity entity) =>
        Assert.Single(Table.Transactions([new(TableTransactionActionType.Add, entity)]));

    private static string Refuse(TableEntity entity) => Assert.Throws<TableLimitException>(() => Take(entity)).Message;
}
