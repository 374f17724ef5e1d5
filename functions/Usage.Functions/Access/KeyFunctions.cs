using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Functions.Http;
using Usage.Storage.Access;
using Usage.Storage.Documents;

namespace Usage.Functions.Access;

public sealed class KeyFunctions(KeyStore keys, KnownKeys known, TimeProvider clock)
{
    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 12;

    /// <param name="Key">Shown this once.</param>
    public sealed record Made(string Key);

    private static readonly Operation ListKeys = new Operation(nameof(ListKeys), "All keys, without what they are.", Audience.Admin)
        .Paged().Answers<Page<AccessKey>>("KeyPage");

    [Function(nameof(ListKeys))]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/keys")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, ListKeys);
        var page = request.Page();
        if (request.Problem is { } problem) return problem;
        return Answer.Ok(page.Of(await keys.ListAsync(cancellationToken), key => key.Id.Value));
    }

    private static readonly Operation MakeKey = new Operation(nameof(MakeKey), "Makes a key, which is shown this once.", Audience.Admin)
        .Json<KeyBody>("KeyBody").Answers<AccessKey, KeyFunctions.Made>("MadeKey", 201, "It is made.");

    [Function(nameof(MakeKey))]
    public async Task<IActionResult> Make(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/keys")] HttpRequest http, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, MakeKey);
        var body = await request.JsonAsync<KeyBody>(cancellationToken);
        var now = clock.GetUtcNow();
        var role = request.IsWrong("role") ? null : body?.Role;
        var found = body is null ? [] : AccessKey.Validate(body.Name, role, body.Integrations, body.ExpiresAt, now);
        if (request.Judge(found) is { } problem) return problem;
        var id = new KeyId(RandomNumberGenerator.GetString(IdLetters, IdLength));
        var key = new AccessKey
        {
            Id = id,
            Name = body!.Name,
            Role = body.Role,
            Integrations = body.Integrations,
            ExpiresAt = body.ExpiresAt,
            By = request.Caller.Name,
            At = now,
        };
        var text = KeyText.Of(id);
        if (!await keys.TryWriteAsync(new KeptKey(key, KeyText.Hash(text)), null, cancellationToken))
            throw new InvalidOperationException($"two keys of one random id: {id}");
        request.Trail?.Changes(null, key);
        return new JsonAnswer<object>(201, JsonMembers.Of(key, new Made(text))) { Location = $"/keys/{id}" };
    }

    private static readonly Operation DeleteKey =
        new Operation(nameof(DeleteKey), "Revokes a key, at once here and within half a minute everywhere.", Audience.Admin);

    [Function(nameof(DeleteKey))]
    public async Task<IActionResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/keys/{key}")] HttpRequest http, string key,
        CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, DeleteKey);
        var id = request.Id<KeyId>(key, "key");
        var edit = new Edit<Stored<KeptKey>, AccessKey>(request, "key", key)
        {
            Load = () => keys.GetAsync(id, cancellationToken),
            Shown = stored => stored.Value.Key,
        };
        return await edit.DeleteAsync(async stored =>
        {
            var deleted = await keys.TryDeleteAsync(stored, cancellationToken);
            known.Forget(id);
            return deleted;
        });
    }
}
