using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>People whom the platform in front of the app knows, as App Service does with Entra ID.</summary>
[Collection(SignedApp.Name)]
public sealed class PlatformSignInTests(SignedApp app)
{
    private const string Header = "customer_id,period,mau,plan\n";

    [SlowFact]
    public async Task Person_signs_in_at_the_organisation_comes_back_works_and_signs_out()
    {
        var run = await app.ImportOwnAsync("entra", $"{Header}CUST-acme,2019-01-01,5,Pro\n");
        await using var platform = await PlatformSignIn.StartAsync(app.Root);
        platform.Roles = ["Editor"];
        await using var visit = await app.VisitAsync(platform.Root);
        visit.ExpectsFailures = true;

        await visit.GoAsync($"ui/runs/{run}/changes?account=acme", "Usage");
        await visit.CheckAsync();
        await visit.DrawAsync("sign-in-entra");
        await SignInAsync(visit);
        await visit.SeesHeadingAsync("Changes");
        Assert.EndsWith($"ui/runs/{run}/changes?account=acme", visit.Page.Url, StringComparison.Ordinal);
        await visit.SeesAsync("Ann · editor");
        await visit.CheckAsync();

        // Something is changed, by a cookie alone, through a proxy that gives the request another host's name.
        await visit.GoAsync($"ui/runs/{run}", "entra.csv");
        await visit.Button("Undo run").ClickAsync();
        await visit.Button("Undo 2 values").ClickAsync();
        await visit.SeesAsync("It took back what a run had written");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();

        await visit.Page.GetByLabel("Your key").WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.GetByLabel("Your key").WaitForAsync();
    }

    [SlowFact]
    public async Task Person_without_a_role_is_told_so_and_can_come_in_as_somebody_else()
    {
        await using var platform = await PlatformSignIn.StartAsync(app.Root);
        await using var visit = await app.VisitAsync(platform.Root);
        visit.ExpectsFailures = true;

        await visit.GoAsync("ui/runs", "Usage");
        await SignInAsync(visit);
        await visit.SeesAsync("none of the app's roles");
        await visit.CheckAsync();
        platform.Roles = ["Reader"];
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await SignInAsync(visit);

        await visit.SeesAsync("Ann · reader");
    }

    [SlowFact]
    public async Task Page_of_somebody_else_can_do_nothing_by_a_persons_cookie()
    {
        var run = await app.ImportOwnAsync("lured", $"{Header}CUST-acme,2019-02-01,5,Pro\n");
        await using var platform = await PlatformSignIn.StartAsync(app.Root);
        platform.Roles = ["Admin"];
        await using var visit = await app.VisitAsync(platform.Root);
        visit.ExpectsFailures = true;
        await visit.GoAsync("ui/", "Usage");
        await SignInAsync(visit);
        await visit.SeesAsync("Ann · admin");

        await visit.GoAsync(platform.Elsewhere($"api/runs/{run}/undo").AbsoluteUri);
        await visit.Button("You have won").ClickAsync();

        await visit.SeesAsync("foreign-origin");
        Assert.Equal(0, (await app.EndOfAsync(run)).GetProperty("undoneBy").GetArrayLength());
    }

    private static Task SignInAsync(Visit visit) => visit.Page.GetByRole(
        AriaRole.Link, new PageGetByRoleOptions { Name = "Sign in with your organisation" }).ClickAsync();
}
