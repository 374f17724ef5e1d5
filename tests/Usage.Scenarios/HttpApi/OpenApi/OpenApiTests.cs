using System.Text.Json;
using Usage.Scenarios.App;
using Usage.Testing.Machine;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>
/// Holds the document and what is served together, both ways: what is answered is what it describes, what it allows is taken,
/// what it forbids is refused.
/// </summary>
[Collection(SharedApp.Name)]
public sealed class OpenApiTests(AppFixture app)
{
    // What the reader of a request says before any rule looks at it; the document has to say so too.
    private static readonly string[] Shape = ["unknown-member", "missing-member", "wrong-type"];

    private HttpClient Http => app.Api.Http;

    [Fact]
    public async Task Every_operation_succeeds_and_fails_as_it_is_described()
    {
        var calls = await ApiCalls.MakeAsync(app);
        var document = await ApiDocument.ReadAsync(Http);
        var left = document.Operations.ToHashSet();
        var wrong = new List<string>();
        foreach (var call in calls.Good()) await TakeAsync(call);
        var run = (await TakeAsync(calls.LongRun)).Json.GetProperty("runId").GetString()!;
        await TakeAsync(new("POST", "/runs/{run}/cancel", $"runs/{run}/cancel"));
        foreach (var call in calls.Bad())
        {
            var answer = await call.SendAsync(Http);
            wrong.AddRange(
                Told(call, answer, document.RequestErrors(call).Concat(document.AnswerErrors(call, answer))
                    .Concat(answer.Status is >= 400 and < 500 ? [] : ["expected a refusal"])));
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.Empty(left);
        await app.Api.EndOfAsync(run);

        async Task<ApiCall> TakeAsync(Call call)
        {
            var answer = await call.SendAsync(Http);
            wrong.AddRange(
                Told(call, answer, document.RequestErrors(call).Concat(document.AnswerErrors(call, answer))
                    .Concat(answer.Status < 300 ? [] : [$"expected success: {answer.Text}"])));
            left.Remove(call.Operation);
            // A test run is asked for once it has ended, when all of it is there.
            if (call.Template == "/test-runs" && call.Method == "POST" && answer.Status == 202)
            {
                var test = new Call("GET", "/test-runs/{run}", $"test-runs/{answer.Json.GetProperty("runId").GetString()}");
                var ended = await Api.UntilAsync(
                    () => test.SendAsync(Http), end => end.Json.GetProperty("status").GetString() is not ("queued" or "running"));
                wrong.AddRange(Told(test, ended, document.AnswerErrors(test, ended)));
                left.Remove(test.Operation);
            }

            if (call.Template == "/keys" && call.Method == "POST" && answer.Status == 201)
                await TakeAsync(new Call("DELETE", "/keys/{key}", $"keys/{answer.Json.GetProperty("id").GetString()}"));
            return answer;
        }
    }

    [SlowFact]
    public async Task Every_operation_refuses_parameters_that_it_does_not_describe_or_describes_otherwise()
    {
        var calls = await ApiCalls.MakeAsync(app);
        var document = await ApiDocument.ReadAsync(Http);
        var wrong = new List<string>();
        foreach (var call in calls.Good().DistinctBy(call => call.Operation))
        {
            await RefuseAsync(call with { Path = $"{call.Path}{(call.Path.Contains('?') ? '&' : '?')}nonsense=1" }, 400);
            foreach (var (name, place, schema, needed) in document.Parameters(call).Where(p => p.Place != "header"))
            {
                if (needed && place == "query") await RefuseAsync(call with { Path = call.Path.Split('?')[0] }, 400);
                foreach (
                    var text in new[] { "!", "A%0A", "%00", "0", "-1", "1001", "1.5", "2024-13-01", "2024-01-01T99:00", "nobody knows",
                        "maybe", new string('x', 200) })
                {
                    if (document.Errors(Uri.UnescapeDataString(text), schema).Count == 0) continue;
                    if (place == "query")
                        await RefuseAsync(
                            call with { Path = $"{call.Path.Split('?')[0]}?{Needed(document, call, name)}{name}={text}" }, 400);
                    else if (text != "%00") await RefuseAsync(call with { Path = Replace(call, name, text) }, 400, 404);
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(20))}");

        async Task RefuseAsync(Call call, params int[] statuses)
        {
            var answer = await call.SendAsync(Http);
            wrong.AddRange(
                Told(call, answer, document.AnswerErrors(call, answer)
                    .Concat(statuses.Contains(answer.Status) ? [] : [$"expected {string.Join(" or ", statuses)}"])));
        }
    }

    [Fact]
    public async Task Every_body_that_breaks_its_description_is_refused_and_says_where()
    {
        var calls = await ApiCalls.MakeAsync(app);
        var document = await ApiDocument.ReadAsync(Http);
        var (wrong, broken) = (new List<string>(), 0);
        foreach (var call in calls.Good().Where(call => call is { Body: not null, Type: "application/json" })
            .DistinctBy(call => (call.Operation, call.Body)))
            foreach (var (what, body) in SchemaBreaker.Change(call.Body!).Where((_, at) => at % Scale.BrokenBodies == 0))
            {
                var changed = call with { Body = body };
                var forbidden = document.Errors(JsonSerializer.Deserialize<JsonElement>(body), document.BodySchema(call)!.Value);
                // What is allowed starts a run each; the same bodies are tried as integrations.
                if (forbidden.Count == 0 && call.Template == "/test-runs") continue;
                var answer = await changed.SendAsync(Http);
                var errors = document.AnswerErrors(changed, answer).ToList();
                if (forbidden.Count > 0 && answer.Status != 400) errors.Add($"expected 400, since {forbidden[0]}");
                if (forbidden.Count == 0 && answer.Status == 400 && answer.Errors.Any(error => Shape.Contains(error.Split(' ')[0])))
                    errors.Add($"the document allows it: {answer.Text}");
                wrong.AddRange(Told(changed, answer, errors).Select(error => $"{what}: {error}"));
                broken += forbidden.Count > 0 ? 1 : 0;
            }

        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(20))}");
        Assert.InRange(broken, 500 / Scale.BrokenBodies, 5_000);
    }

    private static string Needed(ApiDocument document, Call call, string but) => string.Concat(document.Parameters(call)
        .Where(p => p.Place == "query" && p.Needed && p.Name != but)
        .Select(p => $"{call.Path.Split('?')[1].Split('&').First(pair => pair.StartsWith(p.Name, StringComparison.Ordinal))}&"));

    private static string Replace(Call call, string name, string text)
    {
        var (path, query) = (call.Path.Split('?')[0], call.Path.Contains('?') ? $"?{call.Path.Split('?')[1]}" : "");
        var parts = call.Template.TrimStart('/').Split('/')
            .Zip(path.Split('/'), (template, part) => template == $"{{{name}}}" ? text : part);
        return string.Join('/', parts) + query;
    }

    private static IEnumerable<string> Told(Call call, ApiCall answer, IEnumerable<string> errors) =>
        errors.Select(error => $"{call.Method} {call.Path}: {answer.Status}: {error}");
}
