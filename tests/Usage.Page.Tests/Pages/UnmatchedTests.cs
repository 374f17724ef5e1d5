using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Usage.Page.Tests.App;
using Usage.Testing.Machine;

namespace Usage.Page.Tests.Pages;

/// <summary>The queue of identifiers that wait for somebody to say whose they are.</summary>
[Collection(SignedApp.Name)]
public sealed class UnmatchedTests(SignedApp app)
{
    private const string Header = "customer_id,company,period,mau,plan\n";

    /// <summary>In turn one is assigned, one becomes a new account and one is ignored; the last is undone once.</summary>
    [Fact]
    public async Task Queue_is_worked_to_its_end_by_keys_alone()
    {
        var waiting = TestSize.Of(9, 30, 30, 30);
        await app.ImportOwnAsync("queue", Header + string.Concat(Enumerable.Range(1, waiting).Select(one => string.Create(
            CultureInfo.InvariantCulture, $"QUEUE-{one:00},{(one % 3 == 1 ? "Globex" : $"Newcomer {one}")},2023-01-01,{one},Pro\n"))));
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/unmatched?integration=queue", "QUEUE-01");
        await PressAsync(visit, "j");
        await visit.SeesHeadingAsync("QUEUE-02");
        await PressAsync(visit, "k");
        await visit.SeesHeadingAsync("QUEUE-01");

        for (var one = 1; one <= waiting; one++)
        {
            await (one % 3 == 1 ? AssignAsync(visit, one == 1) : one % 3 == 2 ? CreateAsync(visit, one) : IgnoreAsync(visit));
            await visit.CountsAsync(".side-list ol a", waiting - one);
            if (one != waiting / 2) continue;
            await visit.SeesHeadingAsync($"QUEUE-{one + 1:00}");
            await visit.Page.ReloadAsync();
        }

        await visit.SeesHeadingAsync("All of these are said");
        await PressAsync(visit, "u");
        await visit.CountsAsync(".side-list ol a", 1);
        await visit.SeesHeadingAsync($"QUEUE-{waiting:00}");
        await IgnoreAsync(visit);
        await visit.CountsAsync(".side-list ol a", 0);

        Assert.Equal(0, (await GetAsync("unmatched?integration=queue&count=true")).GetProperty("count").GetInt32());
        Assert.Equal(waiting, (await GetAsync("unmatched/resolutions?integration=queue&top=100")).GetProperty("items").GetArrayLength());
        var made = waiting - 1;
        await HasAsync($"QUEUE-{made:00}", "2023-01-01", made);
    }

    [SlowFact]
    public async Task Undo_takes_back_the_word_what_it_released_and_the_account_that_was_made()
    {
        await app.ImportOwnAsync("regret", $"{Header}REGRET-1,Newcomer,2022-01-01,5,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        await visit.GoAsync("ui/unmatched?integration=regret", "REGRET-1");

        await CreateAsync(visit, 0);
        await visit.SeesAsync("1 row recorded, 2 values");
        await HasAsync("REGRET-1", "2022-01-01", 5);
        await visit.CheckAsync();
        await visit.DrawAsync("unmatched-said");
        await visit.Page.ReloadAsync();
        await visit.SeesAsync("1 row recorded, 2 values");
        await PressAsync(visit, "u");

        await visit.SeesHeadingAsync("REGRET-1");
        Assert.Empty((await GetAsync("unmatched/resolutions?integration=regret")).GetProperty("items").EnumerateArray());
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await app.Http.GetAsync("accounts/REGRET-1")).StatusCode);
    }

    [SlowFact]
    public async Task Refusal_stands_beside_its_field_and_any_other_account_is_found()
    {
        await app.ImportOwnAsync("taken", $"{Header}TAKEN-1,,2022-02-01,5,Pro\n");
        await using var visit = await app.VisitAsync(app.EditorKey);
        visit.ExpectsFailures = true;
        await visit.GoAsync("ui/unmatched?key=taken/crmId/TAKEN-1", "TAKEN-1");

        await PressAsync(visit, "c");
        await visit.Page.GetByLabel("Id; it stays").FillAsync("acme");
        await PressAsync(visit, "Enter");
        await visit.Page.Locator(".field.invalid", new PageLocatorOptions { HasText = "acme" }).WaitForAsync();
        await visit.CheckAsync();
        await visit.DrawAsync("unmatched-create");
        await PressAsync(visit, "Escape");
        await PressAsync(visit, "1");
        await visit.Page.Keyboard.TypeAsync("umbr");
        await visit.SeesAsync("CUST-umbrella");
        await PressAsync(visit, "Enter");
        await PressAsync(visit, "Enter");

        await visit.Page.Locator(".gone", new PageLocatorOptions { HasText = "TAKEN-1 is Umbrella" }).WaitForAsync();
        await visit.GoAsync("ui/unmatched?key=taken/crmId/TAKEN-1", "It doesn’t wait any more");
        await HasAsync("umbrella", "2022-02-01", 5);
    }

    [Fact]
    public async Task Reader_sees_what_waits_and_is_offered_nothing()
    {
        await using var visit = await app.VisitAsync(app.ReaderKey);
        await visit.GoAsync("ui/unmatched?integration=platform-usage", "CUST-stark");

        await visit.SeesAsync("An editor says which account it is");
        foreach (var name in new[] { "Assign", "Create account", "Ignore", "Take back" })
            Assert.Equal(0, await visit.Button(name).CountAsync());
        await visit.CheckAsync();
    }

    private static Task PressAsync(Visit visit, string key) => visit.Page.Keyboard.PressAsync(key);

    /// <summary>Once what was said of the one before is written.</summary>
    private static Task ReadyAsync(Visit visit) => Assertions.Expect(visit.Button("Ignore")).ToBeEnabledAsync();

    private static async Task AssignAsync(Visit visit, bool looks)
    {
        await ReadyAsync(visit);
        await PressAsync(visit, "1");
        if (looks)
        {
            await visit.SeesAsync("Releases 1 row: 1 date, 2 values");
            await visit.CheckAsync();
            await visit.DrawAsync("unmatched-item");
        }

        await PressAsync(visit, "Enter");
    }

    private static async Task CreateAsync(Visit visit, int one)
    {
        await ReadyAsync(visit);
        await PressAsync(visit, "c");
        await visit.SeesHeadingAsync("Create an account");
        var name = await visit.Page.GetByLabel("Name", new PageGetByLabelOptions { Exact = true }).InputValueAsync();
        Assert.Equal(one == 0 ? "Newcomer" : $"Newcomer {one}", name);
        await PressAsync(visit, "Enter");
    }

    private static async Task IgnoreAsync(Visit visit)
    {
        await ReadyAsync(visit);
        await PressAsync(visit, "i");
        await visit.SeesHeadingAsync("Ignore QUEUE");
        // The reason of the last one stands there already.
        if (await visit.Page.GetByLabel("Why").InputValueAsync() == "") await visit.Page.Keyboard.TypeAsync("a test of ours");
        await PressAsync(visit, "Enter");
    }

    private Task<JsonElement> GetAsync(string path) => app.Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Once the value is stored.</summary>
    private async Task HasAsync(string account, string date, int users)
    {
        var path = $"explain?account={account}&product=platform&date={date}&dimension=monthly_active_users";
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var answer = await app.Http.GetAsync(path, patience.Token);
            var found = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token) : default;
            if (found.ValueKind == JsonValueKind.Object && found.GetProperty("value") is { ValueKind: JsonValueKind.Number } value
                && value.GetInt32() == users) return;
            await Task.Delay(100, patience.Token);
        }
    }
}
