using System.Globalization;
using System.Text;
using Usage.Core.Ids;
using Usage.Storage.Snapshots;

namespace Usage.Benchmarks.Http;

/// <param name="Target">Milliseconds at the median that the issue allows; null: shown only.</param>
/// <param name="Slow">Measured less often.</param>
internal sealed record HttpCall(string Name, double? Target, Func<HttpClient, int, CancellationToken, Task> Send, bool Slow = false);

internal static class HttpCalls
{
    private static readonly DateOnly LastMonth = new(2026, 10, 1);

    public static IReadOnlyList<HttpCall> All(HttpWorld world, BareReads bare, HttpCommand.Options options)
    {
        var (reads, months) = (options.Products * options.Months, options.Months);
        return
        [
            .. new[] { 4, 16 }.Select(atOnce => new HttpCall(
                $"{reads} point reads of a bare HttpClient, {atOnce} at once", null,
                (_, i, cancellationToken) => bare.ReadAllAsync(Entities(bare, options, i), atOnce, cancellationToken))),
            Get($"account usage, {options.Products} products × {months} months", 100,
                i => $"accounts/{HttpWorld.Account(i % options.HistoryAccounts)}/usage"),
            Get($"account usage, 1 product × {months} months", null,
                i => $"accounts/{HttpWorld.Account(i % options.HistoryAccounts)}/usage?product={HttpWorld.Product(0)}"),
            Get($"report of {months} points, numbers", 50, _ => $"reports/{HttpWorld.Product(0)}/monthly_active_users"),
            Get($"report of {months} points, texts", 50, _ => $"reports/{HttpWorld.Product(0)}/subscription_plan"),
            Segment($"segment over {options.Accounts:N0} accounts, latest values", "\"op\":\"gt\",\"value\":2500"),
            Segment($"segment over {options.Accounts:N0} accounts, change in percent", "\"op\":\"changePercentLt\",\"value\":-10"),
            Get("GET product", 30, _ => $"products/{HttpWorld.Product(0)}"),
            Put("PUT product", 30, _ => $"products/{HttpWorld.Product(0)}",
                i => $$"""{"name":"Product {{i}}","snapshotPeriod":"monthly"}"""),
            Put("PUT dimension", 30, _ => $"products/{HttpWorld.Product(0)}/dimensions/spare",
                i => $$"""{"name":"Spare {{i}}","dataType":"text"}"""),
            Get("GET integration", 30, _ => "integrations/history"),
            Put("PUT integration", 30, _ => "integrations/other", i => $$"""
                {"name":"Other {{i}}","match":[{"by":"crmId","column":"id"}],
                 "products":[{"product":"{{HttpWorld.Product(0)}}","dimensions":[{"column":"mau","dimension":"monthly_active_users"}]}]}
                """),
            Get("GET account", 30, i => $"accounts/{HttpWorld.Account(i)}"),
            Put("PUT account", 30, i => $"accounts/{HttpWorld.Account(i)}",
                i => $$"""{"name":"Renamed {{i}}","crmId":"R{{i}}","domains":["r{{i}}.example"]}"""),
            Get("list of products", 30, _ => "products"),
            Get("list of integrations", 30, _ => "integrations"),
            Get($"list of accounts, 100 of {options.Accounts:N0}", 30, _ => "accounts"),
            Get("list of runs", 30, _ => "runs"),
        ];
    }

    /// <summary>The entities that the usage of an account is made of.</summary>
    private static List<Uri> Entities(BareReads bare, HttpCommand.Options options, int call)
    {
        var account = call % options.HistoryAccounts;
        return
        [
            .. from product in Enumerable.Range(0, options.Products)
               from month in Enumerable.Range(0, options.Months)
               let partition = SnapshotKeys.PartitionOf(account, new ProductId(HttpWorld.Product(product)), LastMonth.AddMonths(-month))
               select bare.Address("snapshots", partition, HttpWorld.Account(account)),
        ];
    }

    private static HttpCall Get(string name, double? target, Func<int, string> path) =>
        new(name, target, async (http, i, cancellationToken) => await SendAsync(http, HttpMethod.Get, path(i), null, cancellationToken));

    private static HttpCall Put(string name, double? target, Func<int, string> path, Func<int, string> body) =>
        new(name, target, async (http, i, cancellationToken) => await SendAsync(http, HttpMethod.Put, path(i), body(i), cancellationToken));

    private static HttpCall Segment(string name, string test) => new(
        name, 3_000,
        async (http, _, cancellationToken) => await SendAsync(
            http, HttpMethod.Post, "segments/preview",
            $$"""{"name":"S","all":[{"product":"{{HttpWorld.SegmentProduct}}","dimension":"monthly_active_users",{{test}}}]}""",
            cancellationToken),
        Slow: true);

    private static async Task SendAsync(HttpClient http, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {(int)answer.StatusCode} {text}"));
    }
}
