using System.Text.Json.Nodes;

namespace Usage.Testing.Suggestions;

/// <param name="What">As in "type of mau".</param>
public sealed record SuggestPoint(string What, bool Got, string Found);

/// <summary>Compares a proposal with what is expected of it, a point each.</summary>
/// <param name="product">The id that a product of the case has where the proposal was made.</param>
public sealed class SuggestScore(SuggestCase file, JsonObject answer, Func<string, string> product)
{
    private JsonObject Integration => answer["integration"]!.AsObject();

    private JsonObject Mapping => Integration["products"]![0]!.AsObject();

    private IEnumerable<JsonObject> Dimensions => Mapping["dimensions"]!.AsArray().Select(one => one!.AsObject());

    /// <summary>Columns that are keys and mustn't be.</summary>
    public IReadOnlyList<string> WrongKeys => [.. Texts(file.Expected["notKeys"]).Intersect(Keys().Select(key => key.Column))];

    public IReadOnlyList<SuggestPoint> Points() =>
        [.. file.Expected.Where(member => member.Key is not ("status" or "notKeys" or "testRun"))
            .SelectMany(member => Of(member.Key, member.Value))];

    private IEnumerable<SuggestPoint> Of(string member, JsonNode? wanted) => member switch
    {
        "match" => [Same("match", Sorted(wanted!.AsArray().Select(rule => $"{rule!["by"]} {rule["column"]}")),
            Sorted(Keys().Select(key => $"{key.By} {key.Column}")))],
        "product" => [Same("product", product((string)wanted!), (string?)Mapping["product"])],
        "newProduct" => [new("new product", IsNew(), $"{answer["products"]}")],
        "period" => [Same("period", (string?)wanted, (string?)answer["products"]![0]?["snapshotPeriod"])],
        "dateColumn" => [Same("date column", (string?)wanted, (string?)Mapping["dateColumn"])],
        "types" => wanted!.AsObject().Select(type => Same($"type of {type.Key}", (string?)type.Value, TypeOf(type.Key))),
        "aggregates" => wanted!.AsObject().Select(one =>
            Same($"aggregate of {one.Key}", (string?)one.Value, (string?)Find(one.Key)?["create"]?["aggregate"])),
        "booleans" => wanted!.AsObject().Select(one => Equal($"words of {one.Key}", one.Value, Find(one.Key)?["boolean"])),
        "long" or "wide" => wanted!.AsObject().Select(one => Equal($"{member}.{one.Key}", one.Value, Mapping[member]?[one.Key])),
        "allowMultipleRowsPerCustomer" => [Equal("history", wanted, Integration[member])],
        "nullTokens" => Texts(wanted).Select(token => new SuggestPoint($"token {token}",
            Texts(Integration["file"]!["nullTokens"]).Contains(token), $"{Integration["file"]!["nullTokens"]}")),
        "file" => wanted!.AsObject().Select(one => Equal($"file.{one.Key}", Plain(one.Value), Plain(Integration["file"]![one.Key]))),
        "shape" or "kind" or "encoding" or "headerRow" => [Equal(member, wanted, answer["file"]![member])],
        "dateReadings" => wanted!.AsObject().Select(one => Same($"readings of {one.Key}", $"{one.Value}", $"{Readings(one.Key)}")),
        "choices" => wanted!.AsArray().Select(choice => new SuggestPoint("choice", answer["choices"]!.AsArray()
            .Any(one => one!["options"]!.AsArray().Count == (int)choice!["options"]!), $"{answer["choices"]}")),
        "notHolds" => Texts(wanted).Select(text => new SuggestPoint($"nothing of {text}",
            !answer.ToJsonString().Contains(text, StringComparison.OrdinalIgnoreCase), "it is there")),
        _ => throw new InvalidDataException($"{file.Name}: found \"{member}\" among what is expected, which nothing compares"),
    };

    private bool IsNew()
    {
        if (answer["products"]!.AsArray() is not [JsonObject made] || (string?)made["id"] != (string?)Mapping["product"]) return false;
        var words = Path.GetFileNameWithoutExtension(file.Name).Split('.')[0].Split('_', '-');
        return words.Any(word => ((string)made["id"]!).Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<(string By, string Column)> Keys() =>
        Integration["match"]!.AsArray().Select(rule => ((string)rule!["by"]!, (string)rule["column"]!));

    private JsonObject? Find(string column) => Dimensions.FirstOrDefault(one => (string?)(one["column"] ?? one["metric"]) == column);

    private string? TypeOf(string column)
    {
        if (Find(column) is not { } mapped) return "not mapped";
        var stored = file.Products.Where(one => product((string)one["id"]!) == (string?)Mapping["product"])
            .SelectMany(one => one["dimensions"]!.AsArray()).FirstOrDefault(one => (string?)one!["id"] == (string?)mapped["dimension"]);
        return (string?)stored?["dataType"] ?? (string?)mapped["create"]?["dataType"];
    }

    private int Readings(string column) =>
        answer["columns"]!.AsArray().Single(one => (string?)one!["name"] == column)!["dateReadings"]!.AsArray().Count;

    /// <summary>Without members that are null, as rules have them.</summary>
    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonObject rule => new JsonObject(rule.Where(member => member.Value is not null)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(one => (string)one!) ?? [];

    private static string Sorted(IEnumerable<string> texts) => string.Join(", ", texts.Order(StringComparer.Ordinal));

    private static SuggestPoint Same(string what, string? wanted, string? found) =>
        new(what, wanted == found, $"{found}, expected {wanted}");

    private static SuggestPoint Equal(string what, JsonNode? wanted, JsonNode? found) =>
        new(what, JsonNode.DeepEquals(wanted, found), $"{found?.ToJsonString() ?? "null"}, expected {wanted?.ToJsonString() ?? "null"}");
}
