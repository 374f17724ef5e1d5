using System.Globalization;
using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Functions.Changes.Explaining;
using Usage.Functions.Tests.Imports;
using Usage.Storage;
using Usage.Storage.Accounts;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Tests.Changes;

/// <summary>What is stored of a product, its points, its dates and every explanation, against what the reference says.</summary>
internal sealed class StoredChanges(ImportHost host, ProductId product, IReadOnlyList<DimensionId> dimensions)
{
    /// <summary>A value is what stands in one cell, and no total.</summary>
    public bool HasTexts { get; init; } = true;

    public async Task EqualsAsync(ReferenceLog reference, string when)
    {
        var expected = reference.Cells.Where(cell => reference.ValueOf(cell) is not null)
            .Select(cell => $"{cell} = {reference.ValueOf(cell)}").Order(StringComparer.Ordinal).ToList();
        Assert.True(expected.SequenceEqual(await StoredAsync()),
            $"{when}:\nexpected {string.Join("; ", expected)}\nfound    {string.Join("; ", await StoredAsync())}");
        var dates = await host.Get<ProductDates>().ListAsync(product, null, null, default);
        Assert.Equal(reference.Cells.Where(cell => reference.ValueOf(cell) is not null).Select(cell => cell.Date).Distinct()
            .Order(), dates);
        foreach (var dimension in dimensions) await PointsEqualAsync(dimension, reference, when);
        foreach (var cell in reference.Cells) await ExplanationEqualsAsync(cell, reference, when);
    }

    private async Task<List<string>> StoredAsync()
    {
        var found = new List<string>();
        await foreach (var entity in host.Get<UsageTables>().Snapshots.QueryAsync<TableEntity>())
            if (entity.PartitionKey.Split('|') is [_, var of, var date, _] && of == product.Value)
                foreach (var dimension in dimensions)
                    if (entity[$"d_{dimension}"] is double value) found.Add($"{entity.RowKey} {product} {date} {dimension} = {value}");
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private async Task PointsEqualAsync(DimensionId dimension, ReferenceLog reference, string when)
    {
        var expected = reference.Cells.Where(cell => cell.Dimension == dimension && reference.ValueOf(cell) is not null)
            .GroupBy(cell => cell.Date).OrderBy(cells => cells.Key)
            .Select(cells => $"{cells.Key:yyyy-MM-dd} {cells.Count()} {cells.Sum(cell => reference.ValueOf(cell))}").ToList();
        var found = await host.Get<ReportPointStore>().ListAsync(product, dimension, null, null, default)
            .Select(point => FormattableString.Invariant($"{point.Date:yyyy-MM-dd} {point.Accounts} {point.Sum}")).ToListAsync();
        Assert.True(expected.SequenceEqual(found), $"{when}: points {string.Join("; ", expected)}, found {string.Join("; ", found)}");
    }

    private async Task ExplanationEqualsAsync(ReferenceLog.Cell cell, ReferenceLog reference, string when)
    {
        var account = (await host.Get<AccountStore>().GetAsync(cell.Account, default))!.Numbered;
        var found = await host.Get<Explanations>().FindAsync(
            account, cell.Product, cell.Date, cell.Dimension, withTexts: true, default);
        Assert.True(
            (reference.ValueOf(cell), reference.RunOf(cell)) == (found!.Value?.Number, found.Run),
            $"{when}: {cell} is {reference.ValueOf(cell)} of {reference.RunOf(cell)}, found {found.Value?.Number} of {found.Run}");
        if (HasTexts && found is { Value: { } value, Text: { } text })
            Assert.Equal(value.Number, double.Parse(text, CultureInfo.InvariantCulture));
        var expected = reference.HistoryOf(cell).ToList();
        expected.Remove(expected.FirstOrDefault(write => !write.Undone));
        Assert.True(
            expected.SequenceEqual(found.Earlier.Select(write => (write.Run!.Value, write.Value?.Number, write.UndoneBy is not null))),
            $"{when}: {cell}");
    }
}
