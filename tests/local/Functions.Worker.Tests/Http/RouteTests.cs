using System.Net;

namespace Functions.Worker.Tests.Http;

public sealed class RouteTests(HttpApp app)
{
    [Theory]
    [InlineData("api/products/abc", "GET abc")]
    [InlineData("API/Products/abc", "GET abc")]
    [InlineData("api/products/a%20b%2Fc", "GET a b%2Fc")]
    [InlineData("api/products/literal", "literal /api/products/literal")]
    [InlineData("api/numbers/7/6f9619ff-8b86-d011-b42d-00cf4fc964ff?q=x", "7 6f9619ff-8b86-d011-b42d-00cf4fc964ff none x")]
    [InlineData("api/numbers/7/6f9619ff-8b86-d011-b42d-00cf4fc964ff/true", "7 6f9619ff-8b86-d011-b42d-00cf4fc964ff True ")]
    [InlineData("api/defaults", "apple null null apple GET")]
    [InlineData("api/defaults/pear/plum?q=1&a=query", "pear plum 1 pear GET")]
    [InlineData("api/plain", "GET")]
    public async Task Path_reaches_its_function_with_its_values(string path, string expected) =>
        Assert.Equal(expected, await app.Client.GetStringAsync(path));

    [Theory]
    [InlineData("api/products", HttpStatusCode.NotFound)]
    [InlineData("products/abc", HttpStatusCode.NotFound)]
    [InlineData("api/numbers/4/6f9619ff-8b86-d011-b42d-00cf4fc964ff", HttpStatusCode.NotFound)]
    [InlineData("api/numbers/7/no-guid", HttpStatusCode.NotFound)]
    [InlineData("api/off", HttpStatusCode.NotFound)]
    [InlineData("api/files/a", HttpStatusCode.MethodNotAllowed)]
    [InlineData("api/upload", HttpStatusCode.MethodNotAllowed)]
    public async Task What_no_function_answers_is_refused(string path, HttpStatusCode status)
    {
        var answer = await app.Client.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Each_method_of_a_function_is_answered_and_the_rest_named()
    {
        var put = await app.Client.PutAsync("api/products/abc", null);
        Assert.Equal("PUT abc", await put.Content.ReadAsStringAsync());
        var post = await app.Client.PostAsync("api/products/abc", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(["GET", "PUT"], post.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Function_without_methods_answers_get_and_post()
    {
        Assert.Equal("POST", await (await app.Client.PostAsync("api/plain", null)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await app.Client.DeleteAsync("api/plain")).StatusCode);
    }

    [Fact]
    public async Task Catch_all_takes_the_rest_of_the_path()
    {
        var answer = await app.Client.DeleteAsync("api/files/a/b/c.csv");
        Assert.Equal("""{"path":"a/b/c.csv","method":"DELETE","canBeCanceled":true}""", await answer.Content.ReadAsStringAsync());
    }
}
