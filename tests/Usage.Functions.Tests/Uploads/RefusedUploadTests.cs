using System.Text;
using Usage.Functions.Tests.Http;

namespace Usage.Functions.Tests.Uploads;

[Collection(ApiTestGroup.Name)]
public sealed class RefusedUploadTests(ApiHost api)
{
    [Theory]
    [InlineData("", "text/csv", "a\n", 400, "missing-parameter name")]
    [InlineData("?name=../x.csv", "text/csv", "a\n", 400, "invalid-value name")]
    [InlineData("?name=x.csv", "text/csv", "", 400, "empty-body")]
    [InlineData("?name=x.csv", "application/json", """{"name":"y","bytes":1}""", 400, "unknown-parameter name")]
    [InlineData("", "application/json", """{"name":"x"}""", 400, "invalid-value bytes")]
    [InlineData("", "application/json", """{"name":"a/../x","bytes":0}""", 400, "invalid-value bytes;invalid-value name")]
    [InlineData("", "application/json", """{"bytes":5}""", 400, "invalid-value name")]
    [InlineData("", "application/json", """{"name":"x","bytes":1,"blob":"a/b.csv"}""", 400, "invalid-value bytes")]
    [InlineData("", "application/json", """{"name":"x","bytes":9999999999}""", 413, "too-large")]
    public async Task What_is_no_upload_is_refused(string query, string type, string body, int status, string errors) =>
        Assert.Equal(
            errors.Split(';'),
            (await api.SendAsync("POST", $"uploads{query}", Encoding.UTF8.GetBytes(body), ("Content-Type", type))).Is(status).Errors);
}
