using System.Collections.Concurrent;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi.OpenApi;

namespace Usage.Scenarios.HttpApi.Fuzz;

/// <summary>
/// Malformed requests by the thousand, to every operation: each is answered as the caller's mistake, none as ours, and none hangs.
/// </summary>
[Collection(SharedApp.Name)]
public sealed class FuzzTests(AppFixture app)
{
    private const int Seed = 20261122;

    // Far more than any takes, on a machine that does much else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What no caller is to see of the inside.
    private static readonly string[] Internals =
        ["Exception", "   at ", "System.", "Microsoft.", "Azure.", "devstoreaccount1", "127.0.0.1:1"];

    [Fact]
    public async Task Malformed_requests_are_the_callers_mistakes()
    {
        (await ApiCall.SendAsync(app.Api.Http, "PUT", "products/fuzz", """{"name":"Fuzz","snapshotPeriod":"monthly"}""")).Is(201);
        (await ApiCall.SendAsync(app.Api.Http, "PUT", "products/fuzz/dimensions/mau", """{"name":"MAU","dataType":"numeric"}""")).Is(201);
        string[] operations = [.. (await ApiDocument.ReadAsync(app.Api.Http)).Operations];
        string[] bodied = [.. operations.Where(MalformedRequest.HasBody)];
        var (wrong, kinds) = (new ConcurrentBag<string>(), new ConcurrentDictionary<(string, string), int>());
        await Parallel.ForAsync(0, Scale.MalformedRequests, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, cancellationToken) =>
        {
            // Bodies can be wrong in more ways than the rest of a request.
            var from = i % 2 == 0 ? operations : bodied;
            var request = MalformedRequest.Of(from[i / 2 % from.Length], new Random(Seed + i));
            kinds.AddOrUpdate((request.Operation, request.Kind), 1, (_, count) => count + 1);
            if (await ProblemAsync(request, cancellationToken) is { } problem) wrong.Add($"request {i}, {request}\n  {problem}");
        });
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {Scale.MalformedRequests}:\n{string.Join('\n', wrong.Take(10))}\n{app.Log}");
        Assert.Equal("healthy", (await app.Api.GetAsync("health")).GetProperty("status").GetString());
        Assert.Equal(operations.Order(), kinds.Keys.Select(key => key.Item1).Distinct().Order());
        Assert.All(kinds, kind => Assert.InRange(kind.Value, 1, Scale.MalformedRequests));
    }

    private async Task<string?> ProblemAsync(MalformedRequest request, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var (status, media, text) = await request.SendAsync(app.Api.Http, patience.Token);
            var shown = $"{status} {text[..Math.Min(300, text.Length)]}";
            if (status is < 400 or >= 500) return $"expected 4xx, found {shown}";
            if (text.Length > 0 && media != "application/problem+json") return $"expected problem details, found {media}: {shown}";
            return Internals.FirstOrDefault(inside => text.Contains(inside, StringComparison.Ordinal)) is { } seen
                ? $"found \"{seen}\" in {shown}" : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds} s";
        }
    }
}
