using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Usage.Functions.Tests.Http;

/// <summary>What a function has answered, as it would be sent.</summary>
/// <param name="Request">For messages.</param>
internal sealed record ApiAnswer(string Request, int Status, string? MediaType, string Tag, string Location, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    /// <summary>The codes and paths of a problem, as <c>code path</c>, sorted.</summary>
    public IReadOnlyList<string> Errors => Issues("errors");

    /// <inheritdoc cref="Errors"/>
    public IReadOnlyList<string> Warnings => Issues("warnings");

    public IReadOnlyList<string> Ids => [.. Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public static ApiAnswer Of(HttpResponse response, string request) => new(
        request, response.StatusCode, response.ContentType?.Split(';')[0],
        response.Headers.ETag.ToString(), response.Headers.Location.ToString(),
        Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray()));

    public ApiAnswer Is(int status)
    {
        Assert.True(Status == status, $"{Request}: found {Status}, expected {status}: {Text}");
        return this;
    }

    private IReadOnlyList<string> Issues(string member) =>
        [.. Json.GetProperty(member).EnumerateArray()
            .Select(one => $"{one.GetProperty("code")} {one.GetProperty("path")}".TrimEnd()).Order(StringComparer.Ordinal)];
}
