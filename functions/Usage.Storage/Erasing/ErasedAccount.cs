using System.Globalization;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Ids;
using Usage.Storage.Accounts;

namespace Usage.Storage.Erasing;

/// <summary>What an erase has to know of its account until it is done; nothing of it is kept then.</summary>
public sealed record ErasedAccount(int Ordinal, Account Account)
{
    /// <summary>What somebody said to be the account.</summary>
    public IReadOnlyList<Resolution> Resolutions { get; init; } = [];

    /// <summary>On its CRM id and domains, as they were before it was deleted.</summary>
    public IReadOnlyList<KeyClaim> Claims { get; init; } = [];

    /// <summary>Dates that lost a snapshot of it.</summary>
    public IReadOnlyList<ErasedDate> Dates { get; init; } = [];

    /// <summary>When it was gone, with its snapshots; null: it isn't yet. What came later may be of a new account with its id.</summary>
    public DateTimeOffset? Gone { get; init; }

    /// <summary>What the ids of runs begin with, at the latest, that may have read something of it.</summary>
    // A run's id tells the storage's time, and the account went by a machine's.
    public string Last() => (Gone ?? throw new InvalidOperationException($"account {Ordinal} is still there")).UtcDateTime.AddSeconds(10)
        .ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Whether a run may have.</summary>
    public bool MayBeIn(RunId run) => string.CompareOrdinal(run.Value[..15], Last()) <= 0;

    /// <summary>Dropped files in which it had rows.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    // A method, since it is kept.
    public AccountNames Names() => new(Account, Resolutions);

    /// <summary>Finds it, and nobody else, in the files of an integration.</summary>
    public AccountMatcher Finder(IntegrationId integration) => new AccountMatcher([Numbered()]).With(new ResolvedKeys(
        Resolutions.Where(one => one.Integration == integration), account => account == Account.Id ? Ordinal : null));

    // A method, since it is kept.
    public NumberedAccount Numbered() => new(Ordinal, Account);
}

public sealed record ErasedDate(ProductId Product, DateOnly Date);
