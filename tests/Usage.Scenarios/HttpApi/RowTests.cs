using System.Text.Json;
using Usage.Scenarios.App;

namespace Usage.Scenarios.HttpApi;

/// <summary>The rows of a run over HTTP, and its file.</summary>
[Collection(SharedApp.Name)]
public sealed class RowTests(AppFixture app)
{
    [Fact]
    public async Task Row_has_its_cells_its_issues_and_what_was_stored()
    {
        var set = await UsageSet.MakeAsync(app);
        var page = await app.Api.GetAsync($"runs/{set.Run}/rows?top=6");
        Assert.Equal([1, 2, 3, 4, 5, 6], Rows(page));
        var first = page.GetProperty("items")[0];
        Assert.Equal(
            ["row", "outcome", "cells", "raw", "account", "issues", "stored"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            $$"""{"id":"{{set.Product}}-0","day":"2024-01-15","mau":"100","plan":"Starter","active":"true"}""",
            first.GetProperty("cells").GetRawText());
        Assert.Equal(("recorded", set.Account(0), "crmId"), (
            first.GetProperty("outcome").GetString(), first.GetProperty("account").GetProperty("id").GetString(),
            first.GetProperty("account").GetProperty("matchedBy").GetString()));
        Assert.Equal(
            ["mau 100 null", "plan \"Starter\" null", "active true null"],
            first.GetProperty("stored").EnumerateArray().Select(value =>
                $"{value.GetProperty("dimension")} {value.GetProperty("value").GetRawText()} {value.GetProperty("old").GetRawText()}"));
        var rest = await app.Api.GetAsync($"runs/{set.Run}/rows?top=6&after={page.GetProperty("next").GetString()}");
        Assert.Equal([7], Rows(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);

        var last = await app.Api.GetAsync($"runs/{set.Run}/rows/7");
        Assert.Equal(last.GetRawText(), rest.GetProperty("items")[0].GetRawText());
        Assert.Equal("unmatched", Assert.Single(last.GetProperty("issues").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Rows_are_found_by_what_became_of_them_and_what_they_gave()
    {
        var set = await UsageSet.MakeAsync(app);
        Assert.Equal([7], await FindAsync("outcome=unmatched"));
        Assert.Equal([7], await FindAsync("code=unmatched&column=ID"));
        Assert.Empty(await FindAsync("outcome=superseded"));
        Assert.Equal([2, 5], await FindAsync($"account={set.Account(1)}"));
        Assert.Equal([5], await FindAsync($"account={set.Account(1)}&product={set.Product}&date=2024-02-01&dimension=mau"));
        Assert.Equal([4, 5, 6], await FindAsync("date=2024-02-01"));
        (await ApiCall.SendAsync(app.Api.Http, "GET", $"runs/{set.Run}/rows?outcome=lost&code=lost&date=soon&top=0")).Is(400);
        (await ApiCall.SendAsync(app.Api.Http, "GET", $"runs/{set.Run}/rows?after=eA")).Is(400);

        var values = await app.Api.GetAsync($"runs/{set.Run}/issues/unmatched/values?column=id");
        Assert.Equal(
            $$"""{"items":[{"column":"id","found":"{{set.Product}}-9","count":1}],"others":0}""", values.GetRawText());

        async Task<IReadOnlyList<int>> FindAsync(string query) => Rows(await app.Api.GetAsync($"runs/{set.Run}/rows?{query}"));
    }

    [Fact]
    public async Task The_file_comes_as_it_was_read_and_is_saved_not_shown()
    {
        var set = await UsageSet.MakeAsync(app);
        var csv = $"id,day,mau,plan,active\r\n{set.Product}-0,2024-01-15,<script>,\"a\nb\",true\r\n";
        var run = await app.Api.ImportAsync(set.Product, "folder/naïve <b>.html", csv);
        using var answer = await app.Api.Http.GetAsync(new Uri($"runs/{run.GetProperty("id").GetString()}/file", UriKind.Relative));
        Assert.Equal(csv, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "naïve <b>.html"), (disposition.DispositionType, disposition.FileNameStar));
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    private static IReadOnlyList<int> Rows(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("row").GetInt32())];
}
