using Microsoft.Playwright;
using Usage.Local.Machine;

namespace Usage.Page.Tests.App;

/// <summary>The browser of the machine, in which the page is used as people use it.</summary>
internal static class Browser
{
    /// <summary>Names one that is elsewhere.</summary>
    private const string Setting = "USAGE_BROWSER";

    private static readonly string[] Usual =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/chromium-headless-shell", "/usr/bin/google-chrome"];

    /// <summary>Null: there is none.</summary>
    public static string? Program { get; } =
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? named : Array.Find(Usual, File.Exists);

    /// <summary>Where pictures of the pages are left.</summary>
    public static string Pictures { get; } =
        Directory.CreateDirectory(Path.Combine(RepositoryRoot.Find(), "artifacts", "page")).FullName;

    /// <summary>Without a browser a test is skipped; where CI runs, that is a failure.</summary>
    public static void Require()
    {
        if (Program is not null) return;
        const string Missing = $"There is no browser: install Debian's chromium, or say in {Setting} where one is.";
        Assert.False(Environment.GetEnvironmentVariable("CI") is "true" or "1", Missing);
        Assert.Skip(Missing);
    }

    public static Task<IBrowser> StartAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Program,
        Args = ["--no-sandbox", "--disable-gpu"],
    });
}
