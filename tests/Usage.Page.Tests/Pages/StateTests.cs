using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>
/// Each place in each state: readable for everybody, light and dark, wide and narrow, without a complaint of the browser.
/// </summary>
[Collection(SignedApp.Name)]
public sealed class StateTests(SignedApp app)
{
    /// <summary>Enough for every build where the parts are the same everywhere.</summary>
    private static readonly string[] Usual = TestSize.IsLong ? [.. Place.Names] : ["today", "run", "explain"];

    public static TheoryData<string> All => [.. TestSize.IsCi ? Place.Names : Usual];

    public static TheoryData<string> Some => [.. Usual];

    public static TheoryData<string> Emptied =>
        TestSize.IsCi ? ["runs", "rows", "changes", "unmatched", "accounts"] : ["runs", "unmatched"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Slow_says_that_it_loads_and_then_is_full(string name)
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var place = Place.Find(name, app);
        var go = new TaskCompletionSource();
        await visit.Page.RouteAsync(place.Asks, async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });

        await visit.GoAsync(place.Path);
        await visit.Page.Locator(".skel").First.WaitForAsync();
        if (Usual.Contains(name)) await visit.CheckAsync();
        go.SetResult();

        await visit.SeesHeadingAsync(place.Heading);
        await visit.CheckAsync();
        await visit.DrawAsync(place.Name);
    }

    [Theory]
    [MemberData(nameof(Emptied))]
    public async Task Empty_says_what_the_place_is_for(string name)
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var place = Place.Find(name, app);
        await visit.AnswerAsync(place.Asks, 200, Place.Nothing);

        await visit.GoAsync(place.Path, place.Empty!);

        await visit.CheckAsync();
    }

    [Theory]
    [MemberData(nameof(Some))]
    public async Task Refused_says_which_role_may_and_failed_says_why_and_is_asked_again(string name)
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var place = Place.Find(name, app);
        visit.ExpectsFailures = true;
        await visit.AnswerAsync(place.Asks, 403, """
            {"title":"Forbidden","status":403,"detail":"\"mara\" is reader, and this needs editor; ask an admin.","errors":[],
             "neededRole":"editor"}
            """);

        await visit.GoAsync(place.Path, "You may not see this");
        await visit.SeesAsync("this needs editor");
        await visit.CheckAsync();
        await visit.Page.UnrouteAllAsync();
        await visit.AnswerAsync(place.Asks, 503, """
            {"title":"Storage unavailable","status":503,"detail":"The storage doesn't answer at the moment; try again.","errors":[]}
            """);
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("The storage doesn't answer at the moment");
        await visit.SeesAsync("4c2e-91d0");
        await visit.CheckAsync();
        await visit.Page.UnrouteAllAsync();
        await visit.Button("Retry").First.ClickAsync();

        await visit.SeesHeadingAsync(place.Heading);
    }

    /// <summary>Whatever is open can be sent to somebody, who sees the same in a window of their own, and again after a reload.</summary>
    [Theory]
    [MemberData(nameof(Some))]
    public async Task Address_is_enough(string name)
    {
        var place = Place.Find(name, app);
        var seen = new List<string>();
        for (var person = 0; person < 2; person++)
        {
            await using var visit = await app.VisitAsync(SignedApp.AdminKey);
            await visit.GoAsync(place.Path, place.Heading);
            seen.Add(await visit.SettledTextAsync());
            if (person == 0) continue;
            await visit.Page.ReloadAsync();
            await visit.SeesHeadingAsync(place.Heading);
            seen.Add(await visit.SettledTextAsync());
        }

        Assert.Single(seen.Distinct());
    }
}
