using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Storage.Access;
using Usage.Storage.Documents;

namespace Usage.Functions.Access;

/// <summary>Keys that were used lately: one that is revoked is refused everywhere within <see cref="Remembered"/>.</summary>
public sealed partial class KnownKeys(KeyStore store, TimeProvider clock, ILogger<KnownKeys> logger)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UseNoted = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<KeyId, (Stored<KeptKey> Key, DateTimeOffset At)> _known = new();

    /// <returns>Null: there is no such key, or it has expired.</returns>
    public async Task<Caller?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!KeyText.TryGetId(key, out var id)) return null;
        var now = clock.GetUtcNow();
        if (!_known.TryGetValue(id.Value, out var known) || now - known.At > Remembered)
        {
            // Only keys that exist are kept, so that guesses fill no memory.
            if (await store.GetAsync(id.Value, cancellationToken) is not { } stored)
            {
                _known.TryRemove(id.Value, out _);
                return null;
            }

            _known[id.Value] = known = (stored, now);
        }

        if (!KeyText.Matches(key, known.Key.Value.Hash) || known.Key.Value.Key.AsCaller(now) is not { } caller) return null;
        if (!(now - known.Key.Value.Key.LastUsedAt < UseNoted)) await NoteUseAsync(known.Key, now, cancellationToken);
        return caller;
    }

    /// <summary>In this process at once.</summary>
    public void Forget(KeyId id) => _known.TryRemove(id, out _);

    private async Task NoteUseAsync(Stored<KeptKey> key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = key.Value with { Key = key.Value.Key with { LastUsedAt = now } };
        try
        {
            // Another process noted it meanwhile, or the key is revoked: either is as well.
            await store.TryWriteAsync(used, key, cancellationToken);
            Forget(key.Value.Key.Id);
        }
        catch (Azure.RequestFailedException failed)
        {
            // That a key can't be marked as used is no reason to refuse it.
            LogUnnoted(failed, key.Value.Key.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The use of key {Key} could not be noted")]
    private partial void LogUnnoted(Exception error, KeyId key);
}
