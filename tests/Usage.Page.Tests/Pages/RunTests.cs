using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>What an editor does with a run.</summary>
[Collection(SignedApp.Name)]
public sealed class RunTests(SignedApp app)
{
    private const string Header = "customer_id,period,mau,plan\n";

    [Fact]
    public async Task Count_of_an_outcome_leads_to_exactly_those_rows()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{app.Run}", "To mend");

        await visit.Page.Locator(".parts a").Filter(new LocatorFilterOptions { HasText = "Partly recorded" }).ClickAsync();
        await visit.SeesAsync("expected a number");

        Assert.EndsWith("rows?outcome=partial", visit.Page.Url);
        await visit.CountsAsync("tbody tr", 3);
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_go_back_with_the_browser()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/runs", "Runs");

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Failed", Exact = true }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/ui/runs?status=failed");
        await visit.SeesAsync("date-order-undecided");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync("seats-2026");

        await visit.Page.WaitForURLAsync("**/ui/runs?status=failed&search=seats-2026");
        await visit.CountsAsync("tbody tr", 1);
    }

    /// <summary>From the run to its undo without a mouse, and back by the undo's own.</summary>
    [Fact]
    public async Task Undo_goes_by_keys_alone_after_its_preview()
    {
        var run = await app.ImportOwnAsync("undone", $"{Header}CUST-acme,2024-01-01,5,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}", "undone.csv");

        await visit.TabToAsync("Undo run");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeesAsync("Taken away, were new");
        await visit.CheckAsync();
        await visit.DrawAsync("undo");
        await visit.TabToAsync("Undo 2 values");
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.SeesAsync("It took back what a run had written");
        await visit.SeesAsync("2 were taken away");
        var taken = await app.EndOfAsync(run);
        Assert.Equal(1, taken.GetProperty("undoneBy").GetArrayLength());
    }

    [SlowFact]
    public async Task Escape_keeps_the_run_and_the_focus_goes_back()
    {
        var run = await app.ImportOwnAsync("kept", $"{Header}CUST-acme,2024-02-01,5,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}", "kept.csv");

        await visit.TabToAsync("Undo run");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeesAsync("Taken away, were new");
        await visit.Page.Keyboard.PressAsync("Escape");

        Assert.Equal("Undo run", await visit.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()"));
        Assert.Equal(0, (await app.EndOfAsync(run)).GetProperty("undoneBy").GetArrayLength());
    }

    [Fact]
    public async Task Fix_by_rule_goes_by_keys_alone_and_is_a_run_of_its_own()
    {
        var run = await app.ImportOwnAsync("ruled", $"{Header}CUST-acme,2024-03-01,lots,Pro\nCUST-globex,2024-03-01,lots,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}", "To mend");
        await visit.SeesAsync("Fix by rule");

        await visit.TabToAsync("Fix by rule");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.TypeAsync("900");
        await visit.SeesAsync("That gives 2 rows");
        await visit.CheckAsync();
        await visit.DrawAsync("fix");
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.SeesHeadingAsync("Fix of ruled.csv");
        await visit.SeesAsync("All 2 rows are accounted for");
        var parent = await app.EndOfAsync(run);
        Assert.Equal(2, parent.GetProperty("mended").GetProperty("rows").GetInt32());
    }

    [SlowFact]
    public async Task Row_is_mended_cell_by_cell()
    {
        var run = await app.ImportOwnAsync("edited", $"{Header}CUST-acme,2024-04-01,N/A,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}/rows?outcome=partial", "edited.csv");

        await visit.Button("Edit").First.ClickAsync();
        await visit.Page.GetByLabel("mau").FillAsync("42");
        await visit.SeesAsync("That gives 1 row");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Fix", Exact = true }).ClickAsync();

        await visit.SeesHeadingAsync("Fix of edited.csv");
        await visit.SeesAsync("The one row is accounted for");
        Assert.Equal(1, (await app.EndOfAsync(run)).GetProperty("mended").GetProperty("rows").GetInt32());
    }

    /// <summary>One answer is enough, and the integration keeps it.</summary>
    [SlowFact]
    public async Task Order_of_days_and_months_is_said_and_the_file_read_again()
    {
        var run = await app.ImportOwnAsync("unsaid", $"{Header}CUST-acme,03/04/2024,6,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}", "unsaid.csv");

        await visit.Button("Day first").ClickAsync();
        await visit.SeesAsync("Succeeded");

        await visit.SeesAsync("1 Apr 2024");
    }

    [SlowFact]
    public async Task Value_of_a_run_is_explained_and_undone_alone()
    {
        var run = await app.ImportOwnAsync("lone", $"{Header}CUST-acme,2024-06-01,5,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync($"ui/runs/{run}/changes", "Changes");

        await visit.Page.Locator("main .valb").Filter(new LocatorFilterOptions { HasText = "5" }).First.ClickAsync();
        await visit.SeesHeadingAsync("Where this value comes from");
        await visit.SeesAsync("the account was found by its CRM id");
        await visit.Button("Undo this value").ClickAsync();
        await visit.Button("Undo 1 value").ClickAsync();

        await visit.SeesAsync("1 was taken away");
    }

    [SlowFact]
    public async Task Run_that_is_at_work_says_how_far_it_is()
    {
        await using var visit = await app.VisitAsync(app.EditorKey);
        var run = System.Text.Json.Nodes.JsonNode.Parse(await app.Http.GetStringAsync($"runs/{app.Run}"))!;
        run["status"] = "running";
        run["completedAt"] = null;
        run["progress"] = System.Text.Json.Nodes.JsonNode.Parse("""
            {"stage":"reading","done":62,"total":100,"rows":796080,"rowsTotal":1284000,"perSecond":41900,"remainingSeconds":12,"ahead":null}
            """);
        run["timeline"]!.AsArray().RemoveAt(3);
        run["timeline"]!.AsArray().RemoveAt(2);
        run["timeline"]![1]!["endedAt"] = null;
        await visit.AnswerAsync($"**/api/runs/{app.Run}", 200, run.ToJsonString());

        await visit.GoAsync($"ui/runs/{app.Run}", "platform-usage-2025.csv");

        await visit.SeesAsync("41,900");
        Assert.StartsWith("62 %", await visit.Page.TitleAsync());
        Assert.Equal(0, await visit.Button("Undo run").CountAsync());
        Assert.Equal(1, await visit.Button("Cancel run").CountAsync());
        await visit.CheckAsync();
        await visit.DrawAsync("run-live");
    }
}
