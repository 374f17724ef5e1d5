using Usage.Page.Tests.App;

namespace Usage.Page.Tests.Pages;

/// <summary>A place of the page, with what it asks the API for and what it says in each state.</summary>
/// <param name="Name">Also of its pictures.</param>
/// <param name="Heading">Once it is full.</param>
/// <param name="Asks">The addresses that it can't do without.</param>
/// <param name="Empty">What it says where there is nothing; null: it can't be empty.</param>
internal sealed record Place(string Name, string Path, string Heading, string Asks, string? Empty = null)
{
    public const string Nothing = """{"items":[],"next":null,"count":0}""";

    private const string Suggest = "**/api/integrations/suggest";

    public static IEnumerable<string> Names => Of("", "", "").Select(place => place.Name);

    public static Place Find(string name, SignedApp app) => Of(app.Run, app.Undecided, app.Upload).First(place => place.Name == name);

    private static IEnumerable<Place> Of(string run, string undecided, string upload) =>
    [
        new("today", "ui/", "Arrivals", "**/api/runs?*", null),
        new("runs", "ui/runs", "Runs", "**/api/runs?*", "No run yet"),
        new("run", $"ui/runs/{run}", "To mend", $"**/api/runs/{run}"),
        new("undecided", $"ui/runs/{undecided}", "seats-2026-04.csv", $"**/api/runs/{undecided}"),
        new("rows", $"ui/runs/{run}/rows", "platform-usage-2025.csv", $"**/api/runs/{run}/rows?*", "No such row"),
        new("changes", $"ui/runs/{run}/changes", "Changes", $"**/api/runs/{run}/changes?*", "Nothing changed"),
        new("unmatched", "ui/unmatched", "CUST-stark", "**/api/unmatched?*", "Every row found its account"),
        new("accounts", "ui/accounts", "Accounts", "**/api/accounts?*", "No account yet"),
        new("account", "ui/accounts/acme", "Platform", "**/api/accounts/acme/usage"),
        new("explain", "ui/accounts/acme?explain=platform/2025-03-01/monthly_active_users/acme", "What was there before",
            "**/api/explain?*"),
        new("import", "ui/import", "Files that you left", "**/api/uploads?*"),
        new("import-file", $"ui/import/{upload}/file", "Its first lines", "**/api/uploads/*/lines?*"),
        new("import-columns", $"ui/import/{upload}/columns", "What each column is", Suggest),
        new("import-dates", $"ui/import/{upload}/dates", "How rows find their account", Suggest),
        new("import-try", $"ui/import/{upload}/try", "What would become of the rows", Suggest),
        new("import-go", $"ui/import/{upload}/go", "A new integration", Suggest),
    ];
}
