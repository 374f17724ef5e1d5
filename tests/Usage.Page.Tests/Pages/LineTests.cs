using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>The first lines of a file, how each is read, and what is still to be said of it.</summary>
[Collection(SignedApp.Name)]
public sealed class LineTests(SignedApp app)
{
    private const string Csv = "customer_id,period,mau\nCUST-acme,2020-01-01,5\nCUST-globex,2020-01-01,7\nTotal,,12\n";

    [SlowFact]
    public async Task Rows_that_are_left_out_are_marked_and_own_rules_stay_where_another_header_is_taken()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        await visit.GoAsync($"ui/import/{await app.UploadAsync("marked.csv", Csv)}/file", "What was found");
        await MarkedAsync(visit, "Total,,12", "Skipped");
        await MarkedAsync(visit, "CUST-globex,2020-01-01,7", "Row");

        await visit.Page.GetByLabel("begins with").FillAsync("# own");
        await visit.Button("Add").ClickAsync();
        await visit.SeesAsync("# own");
        await Line(visit, "CUST-acme,2020-01-01,5").GetByRole(AriaRole.Button).ClickAsync();

        await MarkedAsync(visit, "CUST-acme,2020-01-01,5", "Header");
        await visit.SeesAsync("# own");
        await visit.CheckAsync();
    }

    [SlowFact]
    public async Task Step_with_an_open_question_is_not_done()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var place = $"ui/import/{await app.UploadAsync("open.csv", "customer_id,period,mau\nCUST-acme,03/04/2020,5\n")}";

        await visit.GoAsync($"{place}/try", "Import a file");

        // The column's reading is open, and with it how its dates are read.
        await visit.CountsAsync(".steps li.done", 1);
        await Assertions.Expect(visit.Page.Locator(".steps li.done")).ToContainTextAsync("File");
    }

    [SlowFact]
    public async Task Integration_that_is_refused_leaves_no_new_product()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        visit.ExpectsFailures = true;
        var place = $"ui/import/{await app.UploadAsync("gadgets.csv", "customer_id,period,gizmos\nCUST-acme,2020-01-01,5\n")}";
        await visit.GoAsync($"{place}/go", "A new integration");
        await visit.Page.GetByLabel("Name").First.FillAsync("");

        await visit.Button("Save only").ClickAsync();
        await visit.SeesAsync("found nothing, expected");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync("products/gadgets")).StatusCode);

        await visit.Page.GetByLabel("Name").First.FillAsync("Gadgets");
        await visit.Button("Save only").ClickAsync();
        await visit.SeesHeadingAsync("Drop a file here");
        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.Http.GetAsync("integrations/gadgets")).StatusCode);
    }

    private static Task MarkedAsync(Visit visit, string line, string mark) =>
        Line(visit, line).Locator("td.mark").Filter(new LocatorFilterOptions { HasText = mark }).WaitForAsync();

    private static ILocator Line(Visit visit, string line) =>
        visit.Page.Locator(".raw tr", new PageLocatorOptions { HasText = line });
}
