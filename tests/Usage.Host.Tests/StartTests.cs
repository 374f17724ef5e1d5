using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Usage.Local.Azurite;
using Usage.Local.Machine;
using Usage.Testing.Machine;

namespace Usage.Host.Tests;

/// <summary>A host that can't start ends with one sentence that names the remedy.</summary>
public sealed class StartTests(SharedHost host) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("usage-host-start-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("[]", "local.settings.json: found a JSON array, expected an object: mend it")]
    [InlineData("{\n  \"Values\": {\n    \"A\": \"1\"\n    \"B\": \"2\"\n  }\n}",
        "local.settings.json: line 4, byte 5 is no valid JSON: mend it")]
    [InlineData("""{ "Values": 3 }""", "local.settings.json: \"Values\": found a JSON number, expected an object: mend it")]
    [InlineData("""{ "Values": { "A": { "B": "c" } } }""",
        "local.settings.json: \"Values\" holds plain texts only, and \"A\" is none (write A__B for a nested setting): mend it")]
    [InlineData("""{ "IsEncrypted": true }""", "local.settings.json: it is encrypted; decrypt it with `func settings decrypt`: mend it")]
    [InlineData("""{ "Host": { "LocalHttpPort": "many" } }""",
        "local.settings.json: Host:LocalHttpPort: found \"many\", expected a port from 0 (any free one) to 65535: mend it")]
    public async Task Local_settings_that_can_not_be_used_are_named(string text, string sentence) =>
        Assert.Equal((1, $"{sentence}, or start again from local.settings.sample.json."), await RunAsync(("local.settings.json", text)));

    [Theory]
    [InlineData("""{ "version": "1.0" }""", "host.json: \"version\" is \"1.0\", expected \"2.0\".")]
    [InlineData("""{ "version": "2.0" """, "host.json is no valid JSON:")]
    public async Task Host_json_that_can_not_be_used_is_named(string text, string sentence)
    {
        var (code, said) = await RunAsync(("host.json", text));
        Assert.Equal(1, code);
        Assert.Contains(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_an_app_is_named()
    {
        var (code, said) = await RunAsync(_folder.FullName, host.Storage);
        Assert.Equal((1, $"There is no worker.config.json in {_folder.FullName}: build the app, and name the folder that it was built to."),
            (code, said));
    }

    [Fact]
    public async Task Port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said) = await RunAsync(HostApp.AppFolder, host.Storage, "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(1, code);
        Assert.EndsWith("Stop what listens there, or choose another port with --port.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_storage_setting_is_named() =>
        Assert.Equal((1, "The setting AzureWebJobsStorage is missing: it is the storage account's connection string."),
            await RunAsync(HostApp.AppFolder, ""));

    [Fact]
    public async Task App_that_ends_at_once_ends_the_host_too()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", BuiltProject.Assembly("Usage.Host"), HostApp.AppFolder, "--port", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true
        };
        start.Environment["AzureWebJobsStorage"] = host.Storage;
        start.Environment["Every"] = "0 0 0 1 1 *";
        start.Environment["REFUSE_TO_START"] = "The setting X is missing.";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("The setting X is missing.\nThe app ended with code 3 before it had loaded its functions: the lines above say why.\n",
            await errors);
        Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
    }

    /// <summary>As one does whose port another program took.</summary>
    [SlowFact]
    public async Task App_that_dies_of_an_exception_as_it_starts_is_started_again()
    {
        var died = Path.Combine(_folder.FullName, "died");
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var started = await new HostApp(azurite.ConnectionString).With("DIE_ONCE", died).StartAsync();

        Assert.True(File.Exists(died));
        Assert.Equal(HttpStatusCode.OK, (await started.Http.GetAsync("products/literal")).StatusCode);
    }

    private async Task<(int Code, string Said)> RunAsync((string Name, string Text) file)
    {
        foreach (var name in new[] { "host.json", "worker.config.json", "functions.metadata" })
            File.Copy(Path.Combine(HostApp.AppFolder, name), Path.Combine(_folder.FullName, name));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, file.Name), file.Text);
        return await RunAsync(_folder.FullName, host.Storage);
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder, string storage, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", ["exec", BuiltProject.Assembly("Usage.Host"), folder, .. arguments])
        { RedirectStandardError = true };
        start.Environment["AzureWebJobsStorage"] = storage;
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said.TrimEnd());
    }
}
