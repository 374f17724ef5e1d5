using System.Text.RegularExpressions;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi.OpenApi;

namespace Usage.Scenarios.HttpApi;

/// <summary>The app as other machines reach it: nothing but its health and its description without a key.</summary>
public sealed partial class KeyTests(KeyTests.OpenApp app) : IClassFixture<KeyTests.OpenApp>
{
    private static readonly string[] Open = ["get /health", "get /openapi.json"];

    [Fact]
    public async Task Every_operation_asks_for_the_key_that_was_shown_once()
    {
        var key = FunctionKey().Match(app.Log).Groups[1].Value;
        Assert.True(key.Length >= 40, app.Log);
        var wrong = new List<string>();
        foreach (var operation in (await ApiDocument.ReadAsync(app.Api.Http)).Operations)
        {
            var (method, path) = (operation.Split(' ')[0].ToUpperInvariant(), Parameter().Replace(operation.Split(' ')[1].TrimStart('/'), "nobody"));
            if (Open.Contains(operation))
            {
                await IsAsync(200, method, path);
                continue;
            }

            await IsAsync(401, method, path);
            await IsAsync(401, method, path, ("x-functions-key", key[..^1]));
            await IsAsync(401, method, $"{path}?code={key}x");
            await IsAsync(null, method, path, ("x-functions-key", key));
            await IsAsync(null, method, $"{path}?code={key}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task IsAsync(int? status, string method, string path, params (string, string)[] headers)
        {
            var answer = await ApiCall.SendAsync(app.Api.Http, method, path, headers: headers);
            if (status is null ? answer.Status is 401 or >= 500 : answer.Status != status) wrong.Add($"expected {(status is { } one ? $"{one}" : "anything but 401")}: {answer}");
            if (answer.Status == 401 && answer.Text.Length > 0) wrong.Add($"expected nothing said: {answer}");
        }
    }

    [GeneratedRegex(@"Function key: (\S+)")]
    private static partial Regex FunctionKey();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    public sealed class OpenApp : AppFixture
    {
        protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["FUNCTIONS_LOCAL_ADDRESS"] = "0.0.0.0" };
    }
}
