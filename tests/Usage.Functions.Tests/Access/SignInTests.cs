using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Usage.Core.Access;
using Usage.Functions.Access;
using Usage.Storage.Setup;

namespace Usage.Functions.Tests.Access;

/// <summary>Who is let in by what; keys that admins made are tried over the running app.</summary>
public sealed class SignInTests
{
    private const string AdminKey = "an-admin-key-of-more-than-32-characters";

    private const string Ann = """
        {"auth_typ":"aad","name_typ":"name","role_typ":"roles","claims":[{"typ":"name","val":"Ann"},
         {"typ":"roles","val":"Reader"},{"typ":"roles","val":"Editor"},{"typ":"roles","val":"Nonsense"}]}
        """;

    [Fact]
    public async Task Nobody_is_let_in_without_a_setting_that_says_so() =>
        Assert.Null(await FindAsync([]));

    [Fact]
    public async Task Local_admin_needs_no_key_but_a_wrong_one_is_refused()
    {
        var local = ("Usage:Access:Local", "true");
        Assert.Equal(Caller.Local, await FindAsync([local]));
        Assert.Null(await FindAsync([local], ("x-functions-key", "wrong")));
    }

    [Fact]
    public async Task Key_of_the_setting_is_an_admins()
    {
        var setting = ("Usage:Access:AdminKey", AdminKey);
        Assert.Equal(Role.Admin, (await FindAsync([setting], ("x-functions-key", AdminKey)))?.Role);
        Assert.Null(await FindAsync([setting], ("x-functions-key", AdminKey + "x")));
        Assert.Null(await FindAsync([setting], query: $"?code={AdminKey}"));
        Assert.Equal(Role.Admin, (await FindAsync([setting, ("Usage:Access:KeyInQuery", "true")], query: $"?code={AdminKey}"))?.Role);
    }

    [Fact]
    public async Task Principal_is_believed_only_where_the_platform_takes_it_out_of_what_comes_from_outside()
    {
        var (entra, platform) = (("Usage:Access:SignIn", "entra"), ("WEBSITE_AUTH_ENABLED", "True"));
        var header = ("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes(Ann)));
        Assert.Equal(new Caller("Ann", Role.Editor, SignInKind.Entra), await FindAsync([entra, platform], header));
        Assert.Null(await FindAsync([entra], header));
        Assert.Null(await FindAsync([platform], header));
        Assert.Null(await FindAsync([entra, platform]));
    }

    [Fact]
    public async Task Persons_of_one_name_are_told_apart()
    {
        var (one, other) = (await PersonAsync("Sam Lee", "1"), await PersonAsync("Sam Lee", "2"));
        Assert.Equal(("Sam Lee", "Sam Lee"), (one.Name, other.Name));
        Assert.NotEqual(one.Identity, other.Identity);
        Assert.Equal(one.Identity, (await PersonAsync("Sam Lee-Kim", "1")).Identity);
    }

    [Theory]
    [InlineData("drop", "person \"drop\" (sam@x.example)")]
    [InlineData("Local", "person \"Local\" (sam@x.example)")]
    [InlineData("\uFF54imer", "person \"\uFF54imer\" (sam@x.example)")]
    [InlineData("drop\u200B", "person \"dropU+200B\" (sam@x.example)")]
    [InlineData("a\u202Eb", "aU+202Eb")]
    public async Task Person_is_never_told_as_what_nobody_did(string name, string told) =>
        Assert.Equal(told, (await PersonAsync(name, "1")).Name);

    private static async Task<Caller> PersonAsync(string name, string id)
    {
        var claims = new Dictionary<string, string>
        {
            ["name"] = name,
            ["http://schemas.microsoft.com/identity/claims/objectidentifier"] = id,
            ["preferred_username"] = "sam@x.example",
            ["roles"] = "Editor",
        };
        var principal = JsonSerializer.SerializeToUtf8Bytes(
            new { claims = claims.Select(claim => new { typ = claim.Key, val = claim.Value }) });
        return (await FindAsync(
            [("Usage:Access:SignIn", "entra"), ("WEBSITE_AUTH_ENABLED", "true")],
            ("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(principal))))!;
    }

    [Theory]
    [InlineData("eyJjbGFpbXMiOltudWxsXX0=")]
    [InlineData("%%%")]
    [InlineData("bm9uc2Vuc2U=")]
    [InlineData("bnVsbA==")]
    [InlineData("eyJjbGFpbXMiOlt7InR5cCI6InJvbGVzIiwidmFsIjoiRHJvcHBlciJ9LHsidHlwIjoibmFtZSIsInZhbCI6IlgifV19")]
    [InlineData("eyJjbGFpbXMiOlt7InR5cCI6InJvbGVzIiwidmFsIjoiMyJ9LHsidHlwIjoibmFtZSIsInZhbCI6IlgifV19")]
    [InlineData("eyJjbGFpbXMiOlt7InR5cCI6Im5hbWUiLCJ2YWwiOiJYIn1dfQ==")]
    public async Task Principal_that_says_no_role_is_nobody(string header) => Assert.Null(
        await FindAsync([("Usage:Access:SignIn", "entra"), ("WEBSITE_AUTH_ENABLED", "true")], ("X-MS-CLIENT-PRINCIPAL", header)));

    [Theory]
    [InlineData("Usage:Access:AdminKey", "short", "Usage__Access__AdminKey")]
    [InlineData("Usage:Access:AdminKey", "@Microsoft.KeyVault(SecretUri=https://x.vault.azure.net/secrets/A/)", "Usage__Access__AdminKey")]
    [InlineData("Usage:Access:SignIn", "google", "Usage__Access__SignIn")]
    [InlineData("WEBSITE_INSTANCE_ID", "1", "Usage__Access__Local")]
    public void Settings_that_would_let_others_in_stop_the_start(string setting, string value, string named)
    {
        using var services = Services([("Usage:Access:Local", "true"), (setting, value)]);
        var refused = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AccessOptions>>().Value);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Caller_that_asks_too_often_waits_and_others_do_not()
    {
        using var limits = new CallLimits(new AccessOptions { RequestsPerMinute = 3 });
        var (one, other) = (new Caller("one", Role.Reader, SignInKind.Key), new Caller("other", Role.Reader, SignInKind.Key));
        for (var i = 0; i < 3; i++) Assert.Null(limits.Count(one));
        Assert.True(limits.Count(one) > TimeSpan.Zero);
        Assert.Null(limits.Count(other));
        for (var i = 0; i < 10; i++) Assert.Null(limits.Count(Caller.Local));
    }

    private static async Task<Caller?> FindAsync(
        (string Name, string Value)[] settings, (string Name, string Value)? header = null, string query = "")
    {
        await using var services = Services(settings);
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        if (header is { } given) request.Headers[given.Name] = given.Value;
        return await services.GetRequiredService<SignIn>().FindAsync(request, CancellationToken.None);
    }

    private static ServiceProvider Services((string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))
                .Append(KeyValuePair.Create("AzureWebJobsStorage", (string?)"UseDevelopmentStorage=true"))).Build();
        return new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System)
            .AddUsageStorage(configuration).AddAccess(configuration).BuildServiceProvider();
    }
}
