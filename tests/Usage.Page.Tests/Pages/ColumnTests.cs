using System.Globalization;
using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>What is said of a file's columns before anything is tried.</summary>
[Collection(SignedApp.Name)]
public sealed class ColumnTests(SignedApp app)
{
    [SlowFact]
    public async Task What_nothing_can_be_imported_without_is_said_at_each_step()
    {
        var place = await UploadAsync("lone.csv", "period,benches\n2020-01-01,5\n2020-02-01,6\n");
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        foreach (var (step, heading) in new[]
                 {
                     ("columns", "What each column is"), ("dates", "How rows find their account"), ("try", "Import a file"),
                     ("go", "A new integration"),
                 })
        {
            await visit.GoAsync($"{place}/{step}", heading);
            await visit.SeesAsync("No column says which account a row is of.");
        }

        await Assertions.Expect(visit.Button("Save only")).ToBeDisabledAsync();
        await visit.CheckAsync();
    }

    [SlowFact]
    public async Task Type_of_a_new_dimension_and_a_new_product_are_for_somebody_to_say()
    {
        var place = await UploadAsync(
            "plants.csv", "customer_id,period,mau,greens\nCUST-acme,2020-01-01,5,many\nCUST-acme,2020-02-01,6,7\n");
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        await visit.GoAsync($"{place}/columns", "What each column is");
        var product = visit.Page.GetByLabel("Product").Locator("option", new LocatorLocatorOptions { HasText = "Plants (new)" });

        await visit.Page.GetByLabel("Product").SelectOptionAsync((await product.GetAttributeAsync("value"))!);
        await visit.Page.GetByLabel("Target of greens").SelectOptionAsync("new");
        await visit.Page.GetByLabel("Type of greens").SelectOptionAsync("numeric");
        await visit.SeesAsync("Draft saved");
        await visit.Page.ReloadAsync();
        await visit.SeesHeadingAsync("What each column is");

        Assert.Equal("numeric", await visit.Page.GetByLabel("Type of greens").InputValueAsync());
        await visit.CheckAsync();
        await visit.DrawAsync("import-columns-types");
        await visit.GoAsync($"{place}/try");
        await visit.SeesAsync("1 of 2 rows would be recorded, 1 partly");
    }

    [SlowFact]
    public async Task Column_that_a_file_calls_otherwise_is_said_and_mended()
    {
        var place = await UploadAsync("renamed.csv", "customer_id,period,mau,plan type\nCUST-acme,2021-01-01,12,Pro\n");
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        visit.ExpectsFailures = true;
        await visit.GoAsync($"{place}/file", "What was found");
        await visit.Page.GetByLabel("Read it as").SelectOptionAsync("seats");
        await visit.SeesAsync("missing-column");
        await visit.GoAsync($"{place}/go", "Integration seats");
        await visit.SeesAsync("The try failed");
        await Assertions.Expect(visit.Button("Save and import now")).ToBeDisabledAsync();

        await visit.GoAsync($"{place}/columns", "Not in this file");
        await visit.CheckAsync();
        await visit.DrawAsync("import-columns-missing");
        await visit.Page.GetByLabel("Target of plan type").SelectOptionAsync("dimension:plan");
        await visit.CountsAsync("#missing", 0);
        await visit.SeesAsync("Draft saved");

        await visit.GoAsync($"{place}/try");
        await visit.SeesAsync("1 of 1 rows would be recorded");
    }

    [Fact]
    public async Task Refused_file_shows_what_it_is_and_is_discarded()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        visit.ExpectsFailures = true;
        var place = await UploadAsync("broken.csv", "customer_id,mau\nCUST-acme,\"5\nCUST-globex,6\n");
        await visit.GoAsync($"{place}/columns", "A proposal for it");
        await visit.SeesAsync("customer_id,mau");
        await visit.CheckAsync();

        await visit.Button("Discard it and choose another").ClickAsync();

        await visit.SeesHeadingAsync("Drop a file here");
        Assert.Equal(0, await visit.Page.GetByText("broken.csv").CountAsync());
    }

    [SlowFact]
    public async Task Many_columns_do_not_make_the_page_large()
    {
        const int Columns = 150;
        var header = string.Join(',', Enumerable.Range(0, Columns).Select(one => string.Create(CultureInfo.InvariantCulture, $"m{one}")));
        var row = string.Concat(Enumerable.Repeat(",1", Columns));
        var place = await UploadAsync("many.csv", $"customer_id,period,{header}\nCUST-acme,2020-01-01{row}\n");
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        await visit.GoAsync($"{place}/columns", "What each column is");

        Assert.InRange(await visit.Page.Locator("option").CountAsync(), Columns, Columns * 15);
        var last = visit.Page.GetByLabel($"Target of m{Columns - 1}");
        await last.FocusAsync();
        await visit.CountsAsync($"[aria-label='Target of m{Columns - 1}'] option[value='dimension:m1']", 1);
    }

    private async Task<string> UploadAsync(string name, string text) => $"ui/import/{await app.UploadAsync(name, text)}";
}
