using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Scenarios.App;
using Usage.Testing.Corpus;

namespace Usage.Scenarios.Corpus;

/// <summary>
/// Sets the app up for one file: products and integration under ids of its own, and no accounts that rows find but the file's.
/// </summary>
internal sealed class CorpusWorld(AppFixture app, CorpusFile file)
{
    private readonly Dictionary<string, string> _products =
        file.Products.ToDictionary(product => (string)product["id"]!, product => app.Unique((string)product["id"]!));

    public string Integration { get; } = app.Unique("corpus");

    /// <summary>The file's products under the ids that they have in the app.</summary>
    public IReadOnlyDictionary<string, string> Products => _products;

    /// <summary>The integration's body, with the products' ids.</summary>
    public JsonObject Body { get; } = (JsonObject)file.Integration.DeepClone();

    /// <returns>What the <c>PUT</c> of the integration answered.</returns>
    public async Task<(int Status, JsonElement Body)> SetUpAsync()
    {
        foreach (var account in (await app.Api.GetAsync("accounts?top=1000")).GetProperty("items").EnumerateArray())
            await ForgetAsync(account.GetProperty("id").GetString()!);
        foreach (var account in file.Accounts) await app.Api.PutAsync($"accounts/{(string)account["id"]!}", Without(account, "id"));
        foreach (var product in file.Products) await SetUpAsync(product);
        foreach (var mapping in Body["products"]!.AsArray()) mapping!["product"] = _products[(string)mapping["product"]!];
        using var answer = await app.Api.Http.PutAsJsonAsync($"integrations/{Integration}", Body);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>What is stored, as lines to compare.</summary>
    public async Task<List<string>> StoredAsync()
    {
        var lines = new List<string>();
        foreach (var (id, unique) in _products)
            foreach (var entity in await app.OfAsync(unique))
                lines.Add(Line(entity.RowKey, id, entity.PartitionKey.Split('|')[2], entity
                    .Where(property => property.Key.StartsWith("d_", StringComparison.Ordinal))
                    .Select(property => (property.Key[2..], JsonSerializer.Serialize(property.Value)))));
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public List<string> Expected(IReadOnlyList<CorpusSnapshot> snapshots, JsonElement run)
    {
        var automatic = run.GetProperty("dates").EnumerateArray()
            .Select(date => (date.GetProperty("product").GetString()!, date.GetProperty("date").GetString()!))
            .ToLookup(date => date.Item1, date => date.Item2);
        var lines = snapshots.Select(snapshot => Line(
            snapshot.Account, snapshot.Product,
            snapshot.Date == "automatic" ? automatic[_products[snapshot.Product]].Distinct().Single() : snapshot.Date,
            snapshot.Values.Select(value => (value.Key, Plain(value.Value))))).ToList();
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    /// <summary>An account with snapshots can't be deleted, but it can lose all that rows find it by.</summary>
    private Task ForgetAsync(string account) =>
        app.Api.PutAsync($"accounts/{account}",
            new { name = $"unused {account}", crmId = (string?)null, domains = Array.Empty<string>(), aliases = Array.Empty<string>() });

    private async Task SetUpAsync(JsonObject product)
    {
        var id = _products[(string)product["id"]!];
        await app.Api.PutAsync($"products/{id}", Without(product, "id", "dimensions"));
        foreach (var dimension in product["dimensions"]!.AsArray())
            await app.Api.PutAsync($"products/{id}/dimensions/{(string)dimension!["id"]!}", Without((JsonObject)dimension, "id"));
    }

    private static string Plain(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? JsonSerializer.Serialize(value.GetDouble())
        : JsonSerializer.Serialize((object?)(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetBoolean()));

    private static string Line(string account, string product, string date, IEnumerable<(string Dimension, string Value)> values) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{account} {product} {date} {string.Join(", ", values.Order().Select(value => $"{value.Dimension}={value.Value}"))}");

    private static JsonObject Without(JsonObject body, params string[] members)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var member in members) copy.Remove(member);
        return copy;
    }
}
