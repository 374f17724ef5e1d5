using Usage.Page.Tests.App;

namespace Usage.Page.Tests.Pages;

[Collection(SignedApp.Name)]
public sealed class SpeedTests(SignedApp app)
{
    private const int Longest = 200;
    private const string Watch =
        "window.longest = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.longest = "
        + "Math.max(window.longest, one.duration); }).observe({ type: 'longtask', buffered: true });";

    private const int Rows = 100; // as many as the page asks for

    /// <summary>The browser neither reads nor checks a file.</summary>
    [Fact]
    public async Task Import_of_400_000_rows_keeps_the_page_answering()
    {
        // A file of the disk: the browser's driver would make one of a text in the page itself.
        using var file = new LargeFile("many.csv", "customer_id,period,mau,plan\n", "CUST-acme,2020-01-01,12,Pro\n", 400_000);
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        await visit.Page.AddInitScriptAsync(Watch);
        var best = double.MaxValue;
        for (var time = 0; time < 3 && best > Longest; time++)
        {
            await visit.GoAsync("ui/import", "Drop a file here");
            await visit.Page.Locator("#file").SetInputFilesAsync(file.Path);
            await visit.SeesHeadingAsync("What each column is");
            best = Math.Min(best, await visit.Page.EvaluateAsync<double>("window.longest"));
        }

        Assert.True(best <= Longest, $"{best} ms");
    }

    /// <summary>The best of five: others use the machine too.</summary>
    [Fact]
    public async Task No_task_keeps_the_page_from_answering_for_long()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var items = string.Join(',', Enumerable.Range(1, Rows).Select(row => $$"""
            {"account":"a{{row}}","product":"platform","date":"2025-01-01","dimension":"mau","old":{{row}},"new":{{row + 1}},"row":{{row}}}
            """));
        await visit.AnswerAsync("**/changes?*", 200, $$"""{"items":[{{items}}],"next":null}""");
        await visit.Page.AddInitScriptAsync(Watch);
        var best = double.MaxValue;
        for (var load = 0; load < 5 && best > Longest; load++)
        {
            await visit.GoAsync($"ui/runs/{app.Run}/changes", "Changes");
            await visit.SeesAsync($"a{Rows}");
            best = Math.Min(best, await visit.Page.EvaluateAsync<double>("window.longest"));
        }

        Assert.True(best <= Longest, $"{best} ms");
    }
}
