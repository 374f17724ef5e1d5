using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.App;

/// <summary>One person's window. What the browser complains of is kept: a page that is right gives no reason.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // Only colours differ in the dark.
    private static readonly AxeRunOptions Contrast = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    // Milliseconds; other tests may have the machine.
    private const float Patience = 60_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Hear(message.Type, message.Text);
        page.PageError += (_, error) => Hear("error", error);
    }

    public IPage Page { get; }

    public ILocator Main => Page.Locator("main");

    /// <summary>Statuses that a test itself has asked for; the browser logs them as errors.</summary>
    public bool ExpectsFailures { get; set; }

    public static async Task<Visit> BeginAsync(IBrowser browser, Uri root, string? key, int width)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = root.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        if (key is not null) await context.AddInitScriptAsync($"sessionStorage.setItem('usage-key', '{key}')");
        return new Visit(context, await context.NewPageAsync());
    }

    public async Task GoAsync(string path) => await Page.GotoAsync(path);

    /// <summary>Goes there and waits until this heading is to be seen.</summary>
    public async Task GoAsync(string path, string heading)
    {
        await GoAsync(path);
        await SeesHeadingAsync(heading);
    }

    public Task SeesHeadingAsync(string heading) =>
        Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = heading }).First.WaitForAsync();

    public Task SeesAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Once there are so many of them.</summary>
    public Task CountsAsync(string selector, int count) => Assertions.Expect(Page.Locator(selector)).ToHaveCountAsync(count);

    /// <summary>What is to be read once nothing more comes.</summary>
    public async Task<string> SettledTextAsync()
    {
        var (text, same) = ("", 0);
        for (var look = 0; look < 100 && same < 3; look++)
        {
            var now = await Main.InnerTextAsync();
            (text, same) = (now, now == text ? same + 1 : 0);
            await Task.Delay(250);
        }

        return text;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name });

    /// <summary>Asks for keys only, until what has the focus says this.</summary>
    public async Task TabToAsync(string name)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            var focused = await Page.EvaluateAsync<string>("""
                (one => one?.textContent?.trim() || one?.ariaLabel || one?.labels?.[0]?.textContent.trim() || '')(document.activeElement)
                """);
            if (focused.StartsWith(name, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"no key leads to \"{name}\"");
    }

    /// <summary>
    /// In light and dark; and at 320 pixels nothing of the page itself scrolls sideways. The short form looks at it in light alone.
    /// </summary>
    public async Task CheckAsync()
    {
        await ComplainNothingAsync("light", ColorScheme.Light, new AxeRunOptions());
        if (!TestSize.IsCi) return;
        await ComplainNothingAsync("dark", ColorScheme.Dark, Contrast);
        var size = Page.ViewportSize!;
        await Page.SetViewportSizeAsync(320, 900);
        // The window takes a moment to change.
        var wide = await TooWideAsync();
        for (var look = 0; look < 20 && wide.Length > 0; look++)
        {
            await Task.Delay(100);
            wide = await TooWideAsync();
        }

        await Page.SetViewportSizeAsync(size.Width, size.Height);
        Assert.True(wide.Length == 0, $"in a window of 320 pixels these are wider: {wide}");
    }

    // Nothing, unless the page itself scrolls sideways; else what stands out of it.
    private Task<string> TooWideAsync() => Page.EvaluateAsync<string>("""
        () => document.documentElement.scrollWidth <= 320 ? '' : [...document.querySelectorAll('body *')]
            .filter(one => one.getBoundingClientRect().right > 320).map(one => `${one.tagName}.${one.className}`).join(' ')
            || `the page, ${document.documentElement.scrollWidth}`
        """);

    /// <summary>Leaves a picture of the whole page; where more is tried, a dark and a narrow one too.</summary>
    public async Task DrawAsync(string name)
    {
        if (!TestSize.IsLong)
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            await DrawOneAsync(name);
            return;
        }

        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await DrawOneAsync(scheme == ColorScheme.Light ? name : $"{name}-dark");
        }

        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await Page.SetViewportSizeAsync(320, 900);
        await DrawOneAsync($"{name}-narrow");
        await Page.SetViewportSizeAsync(1280, 900);
    }

    /// <summary>Every answer of the API to these addresses is this instead.</summary>
    public Task AnswerAsync(string address, int status, string json) => Page.RouteAsync(address, route => route.FulfillAsync(
        new RouteFulfillOptions
        {
            Status = status,
            ContentType = status < 400 ? "application/json" : "application/problem+json",
            Headers = new Dictionary<string, string> { ["x-request-id"] = "4c2e-91d0" },
            Body = json,
        }));

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }

    private async Task ComplainNothingAsync(string what, ColorScheme scheme, AxeRunOptions options)
    {
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        var found = (await Page.RunAxe(options)).Violations.Select(
            one => $"{one.Id} ({one.Help}): {string.Join(" | ", one.Nodes.Take(3).Select(node => node.Html))}");
        Assert.True(!found.Any(), $"{what}: {string.Join("; ", found)}");
    }

    private Task<byte[]> DrawOneAsync(string name) => Page.ScreenshotAsync(
        new PageScreenshotOptions { Path = Path.Combine(Browser.Pictures, $"{name}.png"), FullPage = true });

    private void Hear(string type, string text)
    {
        if (type is not ("error" or "warning")) return;
        // A draft that is saved while a page that was left still saves it is refused once, and saved again.
        var isExpected = ExpectsFailures || text.Contains("status of 412", StringComparison.Ordinal);
        if (isExpected && text.StartsWith("Failed to load resource", StringComparison.Ordinal)) return;
        _complaints.Enqueue($"{type}: {text}");
    }
}
