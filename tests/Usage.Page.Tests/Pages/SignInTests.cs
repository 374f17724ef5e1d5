using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>Who isn't known says who they are; what a role may not do isn't offered.</summary>
[Collection(SignedApp.Name)]
public sealed class SignInTests(SignedApp app)
{
    [Fact]
    public async Task Key_is_asked_for_kept_in_the_tab_and_forgotten_at_sign_out()
    {
        await using var visit = await app.VisitAsync();
        visit.ExpectsFailures = true;
        await visit.GoAsync("ui/runs", "Usage");
        await visit.CheckAsync();
        await visit.DrawAsync("sign-in");

        await visit.Page.GetByLabel("Your key").FillAsync("a wrong one");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeesAsync("The key is not known, was revoked or has expired");
        await visit.CheckAsync();
        await visit.Page.GetByLabel("Your key").FillAsync(app.ReaderKey);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeesHeadingAsync("Runs");
        await visit.Page.ReloadAsync();
        await visit.SeesHeadingAsync("Runs");
        await visit.Button("Sign out").ClickAsync();

        await visit.Page.GetByLabel("Your key").WaitForAsync();
        Assert.Null(await visit.Page.EvaluateAsync<string?>("sessionStorage.getItem('usage-key')"));
    }

    [SlowFact]
    public async Task Reader_is_offered_nothing_that_changes_and_no_raw_rows()
    {
        await using var visit = await app.VisitAsync(app.ReaderKey);
        await visit.GoAsync($"ui/runs/{app.Run}", "To mend");

        foreach (var name in new[] { "Undo run", "Import again", "File", "Fix by rule" })
            Assert.Equal(0, await visit.Page.GetByRole(
                AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true }).CountAsync());
        Assert.Equal(0, await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Rows" }).CountAsync());
        await visit.CheckAsync();
    }

    [Fact]
    public async Task Reader_who_follows_an_editors_link_is_told_which_role_it_needs()
    {
        await using var visit = await app.VisitAsync(app.ReaderKey);
        visit.ExpectsFailures = true;

        await visit.GoAsync($"ui/runs/{app.Run}/rows", "You may not see this");

        await visit.SeesAsync("this needs editor");
    }

    [SlowFact]
    public async Task Dropper_sees_the_runs_of_its_integrations_only()
    {
        await using var visit = await app.VisitAsync(app.DropperKey);

        await visit.GoAsync("ui/", "Runs");

        await visit.SeesAsync("platform-usage-2025.csv");
        Assert.Equal(0, await visit.Page.GetByText("seats-2026-04.csv").CountAsync());
        Assert.Equal(["Runs"], await visit.Page.Locator("nav.menu a").AllInnerTextsAsync());
        await visit.CheckAsync();
    }
}
