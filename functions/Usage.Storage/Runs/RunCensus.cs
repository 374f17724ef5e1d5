using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

/// <summary>Finds runs by time, whatever became of them.</summary>
public sealed class RunCensus(UsageTables tables)
{
    /// <summary>Ids of the imports whose files arrived from the day of one time to that of another.</summary>
    /// <param name="integration">Null: of all integrations.</param>
    /// <param name="from">In the day of this time, or later.</param>
    /// <param name="to">In the day of this time, or earlier.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlySet<RunId>> ArrivedAsync(
        IntegrationId? integration, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var ids = new HashSet<RunId>();
        var filter = RunQuery.Arrived(integration, from, to);
        await foreach (var entity in tables.Runs.QueryAsync<TableEntity>(filter, select: ["id"], cancellationToken: cancellationToken))
            ids.Add(new RunId(entity.GetString("id")));
        return ids;
    }

    /// <summary>How many test runs that were started between two times, to the day, haven't ended.</summary>
    /// <param name="most">It isn't counted further.</param>
    public async Task<int> CountOpenTestsAsync(
        DateTimeOffset from, DateTimeOffset to, int most, CancellationToken cancellationToken) =>
        await tables.Runs.QueryAsync<TableEntity>(
            RunQuery.OpenTests(from, to), Math.Min(most, 1000), ["id"], cancellationToken).Take(most).CountAsync(cancellationToken);

    /// <summary>Runs that haven't ended.</summary>
    public async IAsyncEnumerable<(RunId Id, RunKind Kind)> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = tables.Runs.QueryAsync<TableEntity>(RunQuery.Open, select: ["id", "kind"], cancellationToken: cancellationToken);
        await foreach (var entity in open)
            yield return (new RunId(entity.GetString("id")), Enum.Parse<RunKind>(entity.GetString("kind"), ignoreCase: true));
    }

    /// <summary>Ids of runs of all kinds, the newest first.</summary>
    /// <param name="after">Begins behind this run; null: with the newest.</param>
    /// <param name="most">At most so many.</param>
    public async Task<IReadOnlyList<RunId>> ListAsync(RunId? after, int most, CancellationToken cancellationToken) =>
        await tables.Runs.QueryAsync<TableEntity>(
            after is { } last ? RunQuery.Behind(last) : null, Math.Min(most, 1000), ["id"], cancellationToken)
            .Select(entity => new RunId(entity.GetString("id"))).Take(most).ToListAsync(cancellationToken);

    /// <summary>Runs that haven't ended and whose record, progress included, was last written before that time.</summary>
    public async IAsyncEnumerable<UnchangedRun> UnchangedSinceAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = tables.Runs.QueryAsync<TableEntity>(RunQuery.Open, select: ["id", "Timestamp"], cancellationToken: cancellationToken);
        await foreach (var entity in open)
            if (entity.Timestamp is { } changedAt && changedAt < before)
                yield return new UnchangedRun(new RunId(entity.GetString("id")), changedAt);
    }
}

/// <param name="ChangedAt">When its record was last written.</param>
public sealed record UnchangedRun(RunId Id, DateTimeOffset ChangedAt);
