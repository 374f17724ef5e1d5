using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>What was decided of a file meets what others have decided since: nothing of either is lost without a word.</summary>
[Collection(SignedApp.Name)]
public sealed class DraftTests(SignedApp app)
{
    private const string Csv = "customer_id,period,desks\nCUST-acme,2020-01-01,5\nCUST-acme,2020-02-01,6\n";

    [SlowFact]
    public async Task Draft_that_two_windows_change_is_asked_for()
    {
        var place = $"ui/import/{await app.UploadAsync("both.csv", Csv)}/columns";
        await using var one = await app.VisitAsync(SignedApp.AdminKey);
        await using var other = await app.VisitAsync(SignedApp.AdminKey);
        other.ExpectsFailures = true;
        await one.GoAsync(place, "What each column is");
        await other.GoAsync(place, "What each column is");

        await SetAsync(one, "desks", "ignore");
        await SetAsync(other, "period", "ignore");
        await other.SeesAsync("This draft was changed in another window too");
        await other.CheckAsync();
        await other.DrawAsync("import-forked");
        await other.Page.ReloadAsync();
        await other.SeesAsync("This draft was changed in another window too");
        await other.Button("Take the other one").ClickAsync();
        await other.CountsAsync("[role=alert]", 0);
        Assert.Equal(("ignore", "date"), (await TargetAsync(other, "desks"), await TargetAsync(other, "period")));

        await SetAsync(one, "customer_id", "match:domain");
        await SetAsync(other, "period", "ignore");
        await other.Button("Keep this one").ClickAsync();
        await other.SeesAsync("Draft saved");
        await other.Page.ReloadAsync();
        await other.SeesHeadingAsync("What each column is");
        Assert.Equal(("match:crmId", "ignore"), (await TargetAsync(other, "customer_id"), await TargetAsync(other, "period")));
    }

    [SlowFact]
    public async Task Nothing_is_made_where_the_id_is_taken_and_a_product_that_meanwhile_is_there_will_do()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        visit.ExpectsFailures = true;
        var upload = await app.UploadAsync(
            "halls.csv", "customer_id,period,halls,stages\nCUST-acme,2020-01-01,5,1\nCUST-acme,2020-02-01,6,2\n");
        await visit.GoAsync($"ui/import/{upload}/columns", "What each column is");
        var made = visit.Page.GetByLabel("Product").Locator("option", new LocatorLocatorOptions { HasText = "(new)" });
        var product = await made.GetAttributeAsync("value");
        await visit.Page.GetByLabel("Product").SelectOptionAsync(product!);
        await SavedAsync(visit);
        await visit.Page.Locator(".steps a", new PageLocatorOptions { HasText = "Go" }).ClickAsync();
        await visit.Page.GetByLabel("Id; files are dropped").FillAsync("seats");
        await visit.Button("Save only").ClickAsync();
        await visit.Page.Locator(".field.invalid", new PageLocatorOptions { HasText = "found \"seats\"" }).WaitForAsync();
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync($"products/{product}")).StatusCode);

        await app.SendAsync(HttpMethod.Put, $"products/{product}", """{"name":"Halls","snapshotPeriod":"monthly"}""");
        await visit.Page.GetByLabel("Id; files are dropped").FillAsync("halls");
        await visit.Button("Save and import now").ClickAsync();
        await visit.SeesAsync("All 2 rows are accounted for");
    }

    [SlowFact]
    public async Task Integration_that_somebody_has_changed_since_is_not_overwritten()
    {
        await app.ImportOwnAsync("shared", "customer_id,period,mau,plan\nCUST-acme,2020-03-01,5,Pro\n");
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        await visit.GoAsync("ui/import?integration=shared", "Drop a file here");
        await visit.Page.Locator("#file").SetInputFilesAsync(new FilePayload
        {
            Name = "shared.csv",
            MimeType = "text/csv",
            Buffer = "customer_id,period,mau,plan\nCUST-acme,2020-04-01,6,Pro\n"u8.ToArray(),
        });
        await visit.SeesAsync("1 of 1 rows would be recorded");
        var stored = await app.Http.GetStringAsync("integrations/shared");
        await app.SendAsync(
            HttpMethod.Put, "integrations/shared", stored.Replace("\"shared\"", "\"Shared by two\"", StringComparison.Ordinal));

        await visit.Page.Locator(".foot a", new PageLocatorOptions { HasText = "Go" }).ClickAsync();
        await visit.Button("Save and import now").ClickAsync();
        await visit.SeesAsync("Somebody has changed shared since this draft was begun");
        Assert.Contains("Shared by two", await app.Http.GetStringAsync("integrations/shared"));

        await visit.Button("Take it as it is there").ClickAsync();
        await visit.SeesAsync("1 of 1 rows would be recorded");
        await visit.Page.Locator(".foot a", new PageLocatorOptions { HasText = "Go" }).ClickAsync();
        await visit.Button("Save and import now").ClickAsync();
        await visit.SeesAsync("The one row is accounted for");
    }

    [SlowFact]
    public async Task Wide_file_is_not_asked_what_it_can_only_be()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var wide = "customer_id,2020-01,2020-02\nCUST-acme,1,2\nCUST-globex,3,4\n";
        await visit.GoAsync($"ui/import/{await app.UploadAsync("wide.csv", wide)}/dates", "How rows find their account");
        Assert.Equal(0, await visit.Page.GetByText("History").CountAsync());
    }

    [SlowFact]
    public async Task Columns_that_name_other_accounts_are_asked_about()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var rivals = "id,customer_name,mau\nacme,Globex,5\nglobex,Initech,6\ninitech,Acme,7\n";
        var upload = await app.UploadAsync("rivals.csv", rivals);
        await visit.GoAsync($"ui/import/{upload}/dates", "Which column names the account of each row?");
        await Assertions.Expect(visit.Button("Try the whole file")).ToBeDisabledAsync();
        await visit.CheckAsync();

        await visit.Page.GetByLabel("customer_name").CheckAsync();
        await SavedAsync(visit);
        await visit.GoAsync($"ui/import/{upload}/columns");
        Assert.Equal(("match:name", "ignore"), (await TargetAsync(visit, "customer_name"), await TargetAsync(visit, "id")));
        await visit.GoAsync($"ui/import/{upload}/try");
        await visit.SeesAsync("3 of 3 rows would be recorded");
    }

    private static Task<string> TargetAsync(Visit visit, string column) => visit.Page.GetByLabel($"Target of {column}").InputValueAsync();

    private static async Task SetAsync(Visit visit, string column, string target)
    {
        await visit.Page.GetByLabel($"Target of {column}").SelectOptionAsync(target);
        await SavedAsync(visit);
    }

    private static Task SavedAsync(Visit visit) =>
        visit.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasTextRegex = new("^Draft") }).First.WaitForAsync();
}
