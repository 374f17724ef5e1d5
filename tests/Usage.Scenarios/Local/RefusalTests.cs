using Microsoft.AspNetCore.Http;
using Usage.Testing.Machine;
using Usage.Testing.Servers;

namespace Usage.Scenarios.Local;

/// <summary>What the one command says when it can't do what it is asked.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("usage-refusal-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("Usage__TimeZone", "Mars", "Usage__TimeZone: expected the id of a time zone, such as UTC or Europe/Berlin.")]
    [InlineData("Usage__Pulls__Tries", "many", "Usage__Pulls__Tries: found \"many\", expected a number.")]
    [InlineData("Secrets__TOKEN", "one\ntwo",
        "Secrets__TOKEN: found a control character, such as a line break, expected one line of text.")]
    [InlineData("FUNCTIONS_LOCAL_ADDRESS", "*",
        "The setting FUNCTIONS_LOCAL_ADDRESS: found \"*\", expected 127.0.0.1 or nothing: this host listens on this machine only.")]
    public async Task Wrong_setting_stops_the_start_with_its_own_sentence(string setting, string value, string sentence)
    {
        var (code, said) = await LocalCommand.RunAsync(
            _data, FreePorts.Take(), new Dictionary<string, string> { [setting] = value }, "--once");

        Assert.Equal(1, code);
        Assert.Contains($"The app can't start: {sentence}", said, StringComparison.Ordinal);
        Assert.DoesNotContain("134", said, StringComparison.Ordinal);
    }

    [SlowFact]
    public async Task Demonstration_speaks_with_the_first_admins_key_where_nobody_comes_in_without_one()
    {
        var locked = new Dictionary<string, string>
        {
            ["Usage__Access__Local"] = "false",
            ["Usage__Access__AdminKey"] = "an-admin-key-of-more-than-32-characters",
        };
        var (code, said) = await LocalCommand.RunAsync(_data, FreePorts.Take(), locked, "--once");

        Assert.True(code == 0, said);
        Assert.Contains("Enterprise", said, StringComparison.Ordinal);
        Assert.DoesNotContain("an-admin-key", File.ReadAllText(Path.Combine(_data, "app.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_is_not_sent_to_a_stranger_on_the_port()
    {
        await using var stranger = await ExportServer.StartAsync((http, _) => http.Response.WriteAsync("""{"status":"healthy"}"""));
        var file = Path.Combine(_data, "mine.csv");
        await File.WriteAllTextAsync(file, "customer_id,mau\nCUST001,1\n");

        var (code, said) = await LocalCommand.RunAsync(
            _data, stranger.Port, new Dictionary<string, string>(), "--drop", file, "--integration", "platform-usage");

        Assert.Equal(1, code);
        Assert.Contains($"No app answers on http://127.0.0.1:{stranger.Port}/", said, StringComparison.Ordinal);
        Assert.DoesNotContain(stranger.Requests, request => request.Method != "GET");
    }
}
