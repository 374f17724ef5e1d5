using System.Text;
using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;
using Usage.Testing.Workbooks;

namespace Usage.Page.Tests.Pages;

/// <summary>From a file to stored values.</summary>
[Collection(SignedApp.Name)]
public sealed class ImportTests(SignedApp app)
{
    private const string Csv = "text/csv";

    [Fact]
    public async Task Wizard_goes_by_keys_alone_from_a_file_to_stored_values_and_a_reload_at_each_step_loses_nothing()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        var chooser = new TaskCompletionSource<IFileChooser>();
        visit.Page.FileChooser += (_, opened) => chooser.TrySetResult(opened);
        await visit.GoAsync("ui/import", "Drop a file here");
        await visit.TabToAsync("Choose a file");
        await PressAsync(visit, "Enter");
        await (await chooser.Task).SetFilesAsync(Payload("licences-2024.csv", Undecided("CUST-globex", "CUST-unsaid")));

        await visit.SeesHeadingAsync("What each column is");
        await visit.CheckAsync();
        await visit.DrawAsync("import-columns-new");
        await visit.TabToAsync("Use: date of each row");
        await PressAsync(visit, "Enter");
        await AgainAsync(visit, "What each column is");
        Assert.Equal("date", await visit.Page.GetByLabel("Target of day").InputValueAsync());
        await visit.TabToAsync("Dates and accounts");
        await PressAsync(visit, "Enter");

        await visit.SeesHeadingAsync("Which date is 03/04/2024?");
        await visit.CheckAsync();
        await visit.DrawAsync("import-dates-new");
        await visit.TabToAsync("Day first");
        await PressAsync(visit, "Space");
        await AgainAsync(visit, "Which date is 03/04/2024?");
        await visit.CountsAsync("input[value^='d']:checked", 1);
        await visit.TabToAsync("Try the whole file");
        await PressAsync(visit, "Enter");

        await visit.SeesHeadingAsync("What would become of the rows");
        await visit.SeesAsync("3 of 4 rows would be recorded");
        await visit.CheckAsync();
        await visit.DrawAsync("import-try-new");
        await AgainAsync(visit, "What would become of the rows");
        await visit.SeesAsync("3 of 4 rows would be recorded");
        await visit.TabToAsync("Go");
        await PressAsync(visit, "Enter");

        await visit.SeesHeadingAsync("A new integration");
        await AgainAsync(visit, "A new integration");
        await visit.CheckAsync();
        await visit.DrawAsync("import-go-new");
        await visit.TabToAsync("Save and import now");
        await PressAsync(visit, "Enter");

        await visit.SeesHeadingAsync("licences-2024.csv");
        await visit.SeesAsync("All 4 rows are accounted for");
        await visit.SeesAsync("1 Apr 2024");
    }

    /// <summary>A click, a key and a word that is typed are one each.</summary>
    [SlowFact]
    public async Task New_kind_of_file_with_open_dates_and_two_unknown_customers_is_in_and_explained_within_25_interactions()
    {
        var interactions = 0;
        await using var visit = await app.VisitAsync(app.EditorKey);
        Task ClickAsync(ILocator what)
        {
            interactions++;
            return what.ClickAsync();
        }

        Task KeyAsync(string key)
        {
            interactions++;
            return PressAsync(visit, key);
        }

        await visit.GoAsync("ui/import", "Drop a file here");
        var chooser = await visit.Page.RunAndWaitForFileChooserAsync(() => ClickAsync(visit.Button("Choose a file")));
        interactions++;
        await chooser.SetFilesAsync(Payload(
            "desks-2024.csv", Undecided("CUST-nobody", "CUST-unheard").Replace("seats", "desks", StringComparison.Ordinal)));
        await ClickAsync(visit.Button("Use: date of each row"));
        await ClickAsync(Next(visit, "Dates and accounts"));
        await ClickAsync(visit.Page.GetByText("Day first"));
        await ClickAsync(Next(visit, "Try the whole file"));
        await visit.SeesAsync("2 of 4 rows would be recorded");
        await ClickAsync(Next(visit, "Go"));
        await ClickAsync(visit.Button("Save and import now"));
        await visit.SeesAsync("All 4 rows are accounted for");
        await visit.GoAsync("ui/unmatched?integration=desks");
        interactions++;
        foreach (var customer in new[] { "CUST-nobody", "CUST-unheard" })
        {
            await visit.SeesHeadingAsync(customer);
            await Assertions.Expect(visit.Button("Create account")).ToBeEnabledAsync();
            await KeyAsync("c");
            await visit.SeesHeadingAsync($"Create an account for {customer}");
            await KeyAsync("Enter");
        }

        await visit.SeesHeadingAsync("All of these are said");
        await visit.Page.Locator(".gone", new PageLocatorOptions { HasText = "1 row recorded" }).Nth(1).WaitForAsync();
        await ClickAsync(visit.Page.Locator(".gone a", new PageLocatorOptions { HasText = "CUST-unheard" }).First);
        await ClickAsync(visit.Page.Locator("main .valb").First);
        await visit.SeesHeadingAsync("Where this value comes from");

        Assert.InRange(interactions, 1, 25);
    }

    [SlowFact]
    public async Task Workbook_with_title_lines_is_tried_with_the_integration_that_is_there()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/import?integration=platform-usage", "Drop a file here");
        var book = Sheet.Of(
            ["Usage export"], ["Made by hand"], ["customer_id", "period", "mau", "plan"], ["CUST-acme", "2021-01-01", "7", "Pro"],
            ["CUST-globex", "2021-01-01", "many", "Pro"]);
        await visit.Page.Locator("#file").SetInputFilesAsync(Payload("titled.xlsx", book));

        await visit.SeesHeadingAsync("What would become of the rows");
        await visit.SeesAsync("1 of 2 rows would be recorded, 1 partly");
        await visit.Button("Treat as blank").First.ClickAsync();
        await visit.Button("Try again").ClickAsync();
        await visit.SeesAsync("2 of 2 rows would be recorded");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "File" }).First.ClickAsync();
        await visit.SeesAsync("The header is in line 3");
        await visit.CheckAsync();
        await visit.DrawAsync("import-file-titles");
        // Lines 1, 2, 4 and 5 aren't it yet.
        await visit.Button("It is the header").Nth(2).ClickAsync();
        await visit.SeesAsync("The header is in line 4");
        await AgainAsync(visit, "Its first lines");
        await visit.SeesAsync("The header is in line 4");
    }

    [Fact]
    public async Task What_does_not_fit_an_integration_is_said_at_once()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/import?integration=seats", "Drop a file here");
        await visit.Page.Locator("#file").SetInputFilesAsync(Payload("other.csv", "customer_id,day,desks\nCUST-acme,2021-02-01,7\n"));

        await visit.SeesAsync("missing-column");
        await visit.CheckAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Say what each column is" }).ClickAsync();
        await visit.SeesHeadingAsync("What each column is");
    }

    [SlowFact]
    public async Task Nothing_is_tried_or_stored_while_a_question_is_open()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var upload = await app.UploadAsync("open.csv", Undecided("CUST-globex", "CUST-initech"));

        await visit.GoAsync($"ui/import/{upload}/go", "A new integration");
        await visit.SeesAsync("1 question is open, and nothing is guessed");
        await Assertions.Expect(visit.Button("Save and import now")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Button("Save only")).ToBeDisabledAsync();
        await visit.CheckAsync();
        await visit.GoAsync($"ui/import/{upload}/try");
        await visit.SeesAsync("1 question is open, and nothing is guessed");
        await visit.CheckAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Answer it first." }).ClickAsync();

        await visit.SeesHeadingAsync("Which date is 03/04/2024?");
        await Assertions.Expect(visit.Button("Try the whole file")).ToBeDisabledAsync();
    }

    /// <param name="fourth">That no other test makes known.</param>
    private static string Undecided(string third, string fourth) =>
        $"customer_id,day,seats\nCUST-acme,03/04/2024,5\nCUST-acme,03/05/2024,6\n{third},03/04/2024,7\n{fourth},03/04/2024,8\n";

    private static FilePayload Payload(string name, string text) => Payload(name, Encoding.UTF8.GetBytes(text));

    private static FilePayload Payload(string name, byte[] bytes) => new() { Name = name, MimeType = Csv, Buffer = bytes };

    private static ILocator Next(Visit visit, string name) => visit.Page.Locator(".foot a", new PageLocatorOptions { HasText = name });

    private static Task PressAsync(Visit visit, string key) => visit.Page.Keyboard.PressAsync(key);

    /// <summary>Reloads at once, whether or not the draft has been stored by then.</summary>
    private static async Task AgainAsync(Visit visit, string heading)
    {
        await visit.Page.ReloadAsync();
        await visit.SeesHeadingAsync(heading);
    }
}
