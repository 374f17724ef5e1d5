using System.Net;
using System.Net.Sockets;
using Functions.Worker.Tests.App;

namespace Functions.Worker.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Broken_local_settings_are_one_sentence_and_exit_code_1()
    {
        using var folder = new AppFolder();
        await File.WriteAllTextAsync(folder.LocalSettings, "{\n  \"Values\": {\n    \"A\": \"1\"\n    \"B\": \"2\"\n  }\n}");
        var (code, output, errors) = await AppProcess.RunToEndAsync(folder);
        Assert.Equal(1, code);
        Assert.Empty(output);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{folder.LocalSettings}, line 4: not valid JSON: '\"' is invalid after a value.", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "found a list, expected a JSON object.")]
    [InlineData("""{ "Values": 3 }""", "\"Values\" is 3, expected an object of settings.")]
    [InlineData("""{ "Values": { "A": { "B": "c" } } }""", "\"Values\" has an object under \"A\", expected a string: write nested settings as \"A__B\".")]
    [InlineData("""{ "IsEncrypted": true }""", "is encrypted: decrypt it first (func settings decrypt).")]
    [InlineData("""{ "Host": { "LocalHttpPort": "many" } }""", "Host:LocalHttpPort: found \"many\", expected a port from 0 (any free one) to 65535.")]
    public async Task Local_settings_of_the_wrong_kind_are_named(string text, string sentence)
    {
        using var folder = new AppFolder();
        await File.WriteAllTextAsync(folder.LocalSettings, text);
        var (code, _, errors) = await AppProcess.RunToEndAsync(folder);
        Assert.Equal(1, code);
        Assert.EndsWith(sentence, errors.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "There is no host.json in {0}: start where the app was built to, or set AzureWebJobsScriptRoot.")]
    [InlineData("""{ "version": "1.0" }""", "{0}/host.json: \"version\" is \"1.0\", expected \"2.0\".")]
    [InlineData("""{ "version": "2.0", "extensions": { "blobs": { "maxDegreeOfParallelism": "x" } } }""",
        "{0}/host.json: \"extensions.blobs.maxDegreeOfParallelism\" is \"x\", expected a whole number above 0.")]
    public async Task Host_json_that_cannot_be_used_is_named(string? text, string sentence)
    {
        using var folder = new AppFolder();
        var path = Path.Combine(folder.Root, "host.json");
        if (text is null) File.Delete(path);
        else await File.WriteAllTextAsync(path, text);
        var (code, _, errors) = await AppProcess.RunToEndAsync(folder);
        Assert.Equal(1, code);
        Assert.Equal(string.Format(null, sentence, folder.Root), errors.TrimEnd());
    }

    [Fact]
    public async Task Port_in_use_is_one_sentence_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var folder = new AppFolder();
        var (code, _, errors) = await AppProcess.RunToEndAsync(folder, null, "--port", $"{port}");
        Assert.Equal(1, code);
        Assert.Equal($"Port {port} of 127.0.0.1 is in use: stop what listens there, or choose another with --port N.", errors.TrimEnd());
        Assert.Empty(folder.Lines);
    }

    [Fact]
    public async Task Setting_that_a_trigger_needs_is_named()
    {
        using var folder = new AppFolder();
        folder.Settings.Remove("Nightly");
        folder.WriteSettings();
        var (code, _, errors) = await AppProcess.RunToEndAsync(folder);
        Assert.Equal(1, code);
        Assert.Equal("Function 'Nightly': the trigger has %Nightly%, and there is no setting Nightly.", errors.TrimEnd());
    }

    [Fact]
    public async Task Environment_wins_over_local_settings_and_argument_over_both()
    {
        using var folder = new AppFolder();
        folder.Settings["FUNCTIONS_LOCAL_PORT"] = "1";
        folder.WriteSettings();
        var (_, _, errors) = await AppProcess.RunToEndAsync(folder, new() { ["FUNCTIONS_LOCAL_PORT"] = "x" });
        Assert.Equal("FUNCTIONS_LOCAL_PORT: found \"x\", expected a port from 0 (any free one) to 65535.", errors.TrimEnd());
        (_, _, errors) = await AppProcess.RunToEndAsync(folder, new() { ["FUNCTIONS_LOCAL_PORT"] = "x" }, "--port=-1");
        Assert.Equal("--port: found \"-1\", expected a port from 0 (any free one) to 65535.", errors.TrimEnd());
    }

    [Fact]
    public async Task Data_folder_in_use_is_one_sentence_and_exit_code_1()
    {
        using var folder = new AppFolder();
        await using var first = await AppProcess.StartAsync(folder);
        var (code, _, errors) = await AppProcess.RunToEndAsync(folder, null, "--port", "0");
        Assert.Equal(1, code);
        Assert.Contains("If another app runs on it, stop that, or set FUNCTIONS_LOCAL_DATA.", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
