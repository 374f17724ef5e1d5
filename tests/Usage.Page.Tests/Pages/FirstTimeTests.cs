using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>A new installation, from nothing to an explained value without a line of curl.</summary>
public sealed class FirstTimeTests(FreshApp app) : IClassFixture<FreshApp>
{
    [SlowFact]
    public async Task Sample_leads_from_an_empty_page_to_an_explained_value()
    {
        await using var visit = await app.VisitAsync();
        await visit.GoAsync("", "Nothing is set up yet");
        Assert.EndsWith("/ui/", visit.Page.Url);
        await visit.CheckAsync();
        await visit.DrawAsync("first-time");
        foreach (var (path, empty) in new[] { ("ui/runs", "No run yet"), ("ui/accounts", "No account yet") })
        {
            await visit.GoAsync(path, empty);
            await visit.CheckAsync();
        }

        await visit.GoAsync("ui/", "Nothing is set up yet");
        await visit.Button("Try it with a sample file").ClickAsync();
        await visit.SeesHeadingAsync("sample.csv");
        await visit.SeesAsync("All 3 rows are accounted for");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("a");
        await visit.Page.GetByText("Acme (sample)").ClickAsync();
        await visit.Page.Locator(".valb").Filter(new Microsoft.Playwright.LocatorFilterOptions { HasText = "25,000" }).ClickAsync();

        await visit.SeesHeadingAsync("Where this value comes from");
        await visit.SeesAsync("in column");
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(0, await visit.Page.Locator(".drawer").CountAsync());
    }
}
