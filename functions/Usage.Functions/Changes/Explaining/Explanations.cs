using Usage.Core.Accounts;
using Usage.Core.Changes;
using Usage.Core.Files;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Snapshots;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Changes;
using Usage.Storage.Imports;
using Usage.Storage.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Changes.Explaining;

/// <summary>Puts together what the runs that wrote a value have kept of it.</summary>
public sealed class Explanations(
    UsageTables tables, DateWriters writers, BlockHistories histories, RunStore runs, RunFiles files, RowTexts texts, Roster roster)
{
    /// <summary>Writes of which the sources are looked up at the same time.</summary>
    private const int AtOnce = 24;

    /// <returns>Null: nothing is stored, and nothing was ever written.</returns>
    public async Task<Explanation?> FindAsync(
        NumberedAccount account, ProductId product, DateOnly date, DimensionId dimension, bool withTexts,
        CancellationToken cancellationToken)
    {
        var (id, block) = (account.Account.Id, Partitioning.Block(account.Ordinal));
        var stored = await StoredBlock.LoadAsync(tables, block, product, date, [id], cancellationToken);
        var found = await writers.ListAsync(product, date, date, cancellationToken);
        var undone = await histories.UndoneAsync(found, cancellationToken);
        var history = await histories.LoadAsync(product, date, block, found, undone, cancellationToken);
        var (value, writes) = (stored.Find(id, dimension), history.Of(account.Ordinal, id, dimension).Reverse().ToList());
        if (value is null && writes.Count == 0) return null;
        var place = new Place(product, date, await roster.GetAsync(cancellationToken), withTexts);
        var sources = await SourcesAsync(writes, place, cancellationToken);
        var standing = writes.FindIndex(write => write.UndoneBy is null);
        if (standing < 0) return new Explanation(value, sources);
        var of = sources[standing];
        sources.RemoveAt(standing);
        return new Explanation(value, sources)
        {
            At = of.At,
            By = of.By,
            Run = of.Run,
            Kind = of.Kind,
            Version = of.Version,
            File = of.File,
            Row = of.Row,
            Column = of.Column,
            Text = of.Text,
            MatchedBy = of.MatchedBy,
            Merged = of.Merged,
        };
    }

    private async Task<List<ExplainedWrite>> SourcesAsync(
        List<KeptWrite> writes, Place where, CancellationToken cancellationToken)
    {
        var sources = new ExplainedWrite[writes.Count];
        await Parallel.ForAsync(0, writes.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (place, cancellationToken) =>
                sources[place] = await SourceAsync(writes[place], where, cancellationToken));
        return [.. sources];
    }

    private async Task<ExplainedWrite> SourceAsync(KeptWrite write, Place where, CancellationToken cancellationToken)
    {
        var said = new ExplainedWrite(write.Cell.New, write.UndoneBy) { Run = write.Writer.Run };
        if (await runs.FindAsync(write.Writer.Run, cancellationToken) is not { } run) return said;
        said = said with
        {
            At = run.Run.CompletedAt ?? run.Run.StartedAt,
            By = run.Run.By,
            Kind = run.Run.Kind,
            Version = run.Run.Version,
            File = run.Run.Blob
        };
        if (write.Account.Rows.Count == 0 || await files.FindMappingAsync(run.Run.Id, cancellationToken) is not { } mapping) return said;
        var plan = (await files.PlanAsync(run.Run.Id, cancellationToken)).Plan;
        return await FileSourceAsync(said, write, run, mapping, plan, where, cancellationToken);
    }

    private async Task<ExplainedWrite> FileSourceAsync(
        ExplainedWrite said, KeptWrite write, StoredRun run, ImportMapping mapping, FilePlan plan, Place where,
        CancellationToken cancellationToken)
    {
        var (dimension, source, rows) = (write.Cell.Dimension, write.Cell.Source, write.Account.Rows);
        var (product, withTexts) = (PlaceOf(mapping, where.Product), where.WithTexts);
        var column = ExplainedColumn.Find(mapping, plan, product, dimension, where.Date);
        var read = await texts.FindAsync(
            run, plan, where.Accounts, rows.Select(row => row.Row).Append(source.Row), cancellationToken);
        string? Text(long row) => read.TryGetValue(row, out var cells) ? column?.TextOf(cells) : null;
        var merged = source.Count == 1 ? rows.Where(row => row.Row == source.Row || row.Refused) : rows;
        return said with
        {
            Row = source.Row,
            Column = column?.Name,
            Text = withTexts ? Text(source.Row) : null,
            MatchedBy = rows.FirstOrDefault(row => row.Row == source.Row) is { Row: > 0 } its ? its.MatchedBy : null,
            Merged = new ExplainedMerge(
                mapping.AggregateOf(mapping.Products[product].Dimensions[dimension]), source.Count,
                [.. merged.Where(row => Text(row.Row) is not null)
                    .Select(row => new ExplainedRow(row.Row, withTexts ? Text(row.Row) : null, row.Refused))]),
        };
    }

    /// <summary>What all writes of a value have in common.</summary>
    /// <param name="WithTexts">Whoever asks may see rows as they stand in files.</param>
    private sealed record Place(ProductId Product, DateOnly Date, RosterSnapshot Accounts, bool WithTexts);

    private static int PlaceOf(ImportMapping mapping, ProductId product) =>
        mapping.Products.Select((mapped, place) => (mapped.Id, place)).First(mapped => mapped.Id == product).place;
}
