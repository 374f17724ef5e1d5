using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Usage.Scenarios.HttpApi;

/// <summary>One request as text and its answer whole: status, headers, JSON.</summary>
internal sealed record ApiCall(string Method, string Path, int Status, HttpResponseHeaders Headers, string? MediaType, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The codes and paths of a problem, as <c>code path</c>, sorted.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Json.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("code")} {error.GetProperty("path")}".TrimEnd()).Order(StringComparer.Ordinal)];

    public string Tag => Headers.ETag!.ToString();

    public IReadOnlyList<string> Ids => [.. Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public static async Task<ApiCall> SendAsync(
        HttpClient http, string method, string path, string? body = null, string type = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return new ApiCall(
            method, path, (int)answer.StatusCode, answer.Headers, answer.Content.Headers.ContentType?.MediaType,
            await answer.Content.ReadAsStringAsync());
    }

    public override string ToString() => $"{Method} {Path}: {Status} {Text}";

    public ApiCall Is(int status)
    {
        Assert.True(Status == status, $"{Method} {Path}: found {Status}, expected {status}: {Text}");
        return this;
    }
}
