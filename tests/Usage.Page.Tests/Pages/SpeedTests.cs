using Usage.Page.Tests.App;

namespace Usage.Page.Tests.Pages;

[Collection(SignedApp.Name)]
public sealed class SpeedTests(SignedApp app)
{
    private const int Longest = 200;
    private const int Rows = 100; // as many as the page asks for

    /// <summary>The best of five: others use the machine too.</summary>
    [Fact]
    public async Task No_task_keeps_the_page_from_answering_for_long()
    {
        await using var visit = await app.VisitAsync(SignedApp.AdminKey);
        var items = string.Join(',', Enumerable.Range(1, Rows).Select(row => $$"""
            {"account":"a{{row}}","product":"platform","date":"2025-01-01","dimension":"mau","old":{{row}},"new":{{row + 1}},"row":{{row}}}
            """));
        await visit.AnswerAsync("**/changes?*", 200, $$"""{"items":[{{items}}],"next":null}""");
        await visit.Page.AddInitScriptAsync(
            "window.longest = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) window.longest = "
            + "Math.max(window.longest, one.duration); }).observe({ type: 'longtask', buffered: true });");
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
