using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Usage.Core;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Unmatched;
using Usage.Core.Ids;

namespace Usage.Storage.Unmatched;

/// <summary>Identifiers that found no account, or several, of one integration or all of them: most rows first.</summary>
public sealed class UnmatchedReader(WaitingRuns waiting, UnmatchedIndex index)
{
    /// <summary>The state of a list: as long as it is the same, the list is.</summary>
    /// <param name="Integrations">With the stamps of their indexes.</param>
    public sealed record Basis(IReadOnlyList<(IntegrationId Integration, string Stamp)> Integrations)
    {
        public override string ToString() => string.Join(' ', Integrations.Select(one => one.Stamp));
    }

    /// <param name="integration">Null: all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Basis> OpenAsync(IntegrationId? integration, CancellationToken cancellationToken)
    {
        var found = new List<(IntegrationId, string)>();
        foreach (var one in integration is { } only ? [only] : await waiting.IntegrationsAsync(cancellationToken))
            if (await index.RefreshAsync(one, cancellationToken) is { } stamp) found.Add((one, stamp));
        return new Basis(found);
    }

    /// <param name="after">Null: from the beginning.</param>
    /// <param name="whole">Much of the list is read, not a page of it.</param>
    public async IAsyncEnumerable<UnmatchedKey> ReadAsync(
        Basis basis, UnmatchedPlace? after, bool whole, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lists = new List<IAsyncEnumerable<UnmatchedKey>>();
        var pieceBytes = whole ? KeyList.PieceBytes(basis.Integrations.Count) : KeyList.PageBytes;
        foreach (var (integration, stamp) in basis.Integrations)
        {
            var list = await index.OpenAsync(integration, stamp, cancellationToken)
                ?? throw new IOException($"the unmatched identifiers of {integration} were listed anew several times while they were read");
            lists.Add(list.ReadAsync(after?.From(integration), WaitingKey.ByRows, pieceBytes, cancellationToken)
                .Select(key => new UnmatchedKey(integration, key)));
        }

        var keys = WaitingMerge.OrderAsync(lists, UnmatchedKey.Order, cancellationToken);
        await foreach (var key in after is null ? keys : keys.SkipWhile(key => UnmatchedKey.Order.Compare(key, after.Key) <= 0))
            yield return key;
    }
}

public sealed record UnmatchedKey(IntegrationId Integration, WaitingKey Key)
{
    /// <summary>Most rows first, then by integration, kind and key.</summary>
    public static Comparer<UnmatchedKey> Order { get; } = Comparer<UnmatchedKey>.Create((a, b) =>
        a.Key.Rows != b.Key.Rows ? b.Key.Rows.CompareTo(a.Key.Rows)
        : a.Integration != b.Integration ? string.CompareOrdinal(a.Integration.Value, b.Integration.Value)
        : WaitingKey.ByKey.Compare(a.Key, b.Key));
}

/// <summary>Where a page ended: it names an identifier, which may be gone by now.</summary>
public sealed record UnmatchedPlace(UnmatchedKey Key)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out UnmatchedPlace? place)
    {
        place = text.Split('\n', 4) is [var rows, var integration, var by, var key]
            && long.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && IntegrationId.TryParse(integration, out var id) && Enum.TryParse<MatchBy>(by, ignoreCase: true, out var kind)
            ? new UnmatchedPlace(new UnmatchedKey(id, new WaitingKey { By = kind, Key = key, Text = "", Rows = count }))
            : null;
        return place is not null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Key.Key.Rows}\n{Key.Integration}\n{CoreJson.Word(Key.Key.By)}\n{Key.Key.Key}");

    /// <summary>Where to begin in the list of an integration: those before it come after the place only with fewer rows.</summary>
    internal WaitingKey From(IntegrationId integration) => string.CompareOrdinal(integration.Value, Key.Integration.Value) switch
    {
        0 => Key.Key,
        < 0 => Key.Key with { Rows = Key.Key.Rows - 1, By = default, Key = "" },
        _ => Key.Key with { By = default, Key = "" },
    };
}
