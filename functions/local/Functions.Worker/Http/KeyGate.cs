using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>Asks for keys as the host does. On loopback, like the Core Tools, it asks for none.</summary>
/// <param name="keys">Null where no key is asked for.</param>
internal sealed class KeyGate(FunctionKeys? keys)
{
    public bool Allows(AuthorizationLevel level, HttpRequest request)
    {
        if (keys is null || level == AuthorizationLevel.Anonymous) return true;
        var key = request.Headers.TryGetValue("x-functions-key", out var header) ? header.ToString() : request.Query["code"].ToString();
        return level is AuthorizationLevel.Function or AuthorizationLevel.User
            ? keys.IsFunctionKey(key) || keys.IsMasterKey(key)
            : keys.IsMasterKey(key);
    }
}
