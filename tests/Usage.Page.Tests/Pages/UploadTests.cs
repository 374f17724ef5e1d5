using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>A file on its way to the server.</summary>
[Collection(SignedApp.Name)]
public sealed class UploadTests(SignedApp app)
{
    /// <summary>Of nine parts the fourth never comes; after a reload the same file goes on with it.</summary>
    [SlowFact]
    public async Task Upload_that_broke_in_the_middle_goes_on_where_it_was()
    {
        const string Row = "CUST-acme,2024-01-01,12\n";
        using var file = new LargeFile("large.csv", "customer_id,period,mau\n", Row, 66 * 1024 * 1024 / Row.Length);
        await using var visit = await app.VisitAsync(app.EditorKey);
        visit.ExpectsFailures = true;
        var sent = new List<string>();
        visit.Page.Request += (_, request) =>
        {
            if (request.Method == "PUT" && request.Url.Contains("/blocks/", StringComparison.Ordinal))
                sent.Add(request.Url[(request.Url.LastIndexOf('/') + 1)..]);
        };
        await visit.Page.RouteAsync("**/blocks/4", route => route.AbortAsync());
        await visit.GoAsync("ui/import", "Drop a file here");
        await visit.Page.Locator("#file").SetInputFilesAsync(file.Path);
        await visit.SeesAsync("The connection failed");
        await visit.Page.UnrouteAllAsync();
        await visit.Page.ReloadAsync();
        await visit.SeesHeadingAsync("Choose large.csv again");
        await visit.SeesAsync("3 parts of it have arrived");
        await visit.CheckAsync();
        await visit.DrawAsync("import-broken");
        sent.Clear();
        await visit.Page.Locator("#file").SetInputFilesAsync(file.Path);

        await visit.SeesHeadingAsync("What each column is");
        Assert.Equal(["4", "5", "6", "7", "8", "9"], sent);
    }
}
