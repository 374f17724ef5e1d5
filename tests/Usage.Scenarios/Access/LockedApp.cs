using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Access;

/// <summary>An app as it is in Azure: nobody is let in without a key, and the first admin's is a setting.</summary>
public class LockedApp : AppFixture
{
    public const string Name = "locked app";

    public const string AdminKey = "an-admin-key-of-more-than-32-characters";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Usage__Access__Local"] = "false",
        ["Usage__Access__AdminKey"] = AdminKey,
        ["Usage__Access__WrongKeysPerMinute"] = "1000",
        ["Usage__Access__RequestsPerMinute"] = "100000",
    };

    internal Task<ApiCall> SendAsync(
        string? key, string method, string path, string? body = null, string type = "application/json",
        params (string Name, string Value)[] headers) =>
        ApiCall.SendAsync(
            Api.Http, method, path, body, type, key is null ? headers : [("x-functions-key", key), .. headers]);

    /// <summary>A key of this role, as text, with its id.</summary>
    internal async Task<(string Key, string Id)> MakeKeyAsync(string role, string? integration = null, DateTimeOffset? expiresAt = null)
    {
        var integrations = integration is null ? "" : $",\"integrations\":[\"{integration}\"]";
        var expires = expiresAt is { } at ? $",\"expiresAt\":\"{at:O}\"" : "";
        var made =
            (await SendAsync(AdminKey, "POST", "keys", $"{{\"name\":\"{role} of a test\",\"role\":\"{role}\"{integrations}{expires}}}"))
            .Is(201).Json;
        return (made.GetProperty("key").GetString()!, made.GetProperty("id").GetString()!);
    }
}

[CollectionDefinition(LockedApp.Name)]
public sealed class Locked : ICollectionFixture<LockedApp>;
