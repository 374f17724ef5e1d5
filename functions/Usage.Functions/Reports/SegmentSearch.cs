using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Core.Values;
using Usage.Storage.Accounts;
using Usage.Storage.Reports;

namespace Usage.Functions.Reports;

/// <summary>Finds a segment's accounts: reads the columns that its conditions name, then tests every account in memory.</summary>
public sealed class SegmentSearch(ProductColumns columns, Roster roster)
{
    /// <param name="Values">Of the conditions' dimensions, by dimension; where two products have the same, by
    /// <c>product.dimension</c>.</param>
    public sealed record Item(AccountName Account, IReadOnlyDictionary<string, UsageValue> Values);

    /// <summary>Ordered by account id.</summary>
    public async Task<IReadOnlyList<Item>> FindAsync(Segment segment, DateOnly? date, CancellationToken cancellationToken)
    {
        var accounts = await roster.GetAsync(cancellationToken);
        var products = await Task.WhenAll(segment.All.GroupBy(condition => condition.Product).Select(async conditions =>
        {
            DimensionId[] dimensions = [.. conditions.Select(condition => condition.Dimension).Distinct()];
            var read = await columns.ReadAsync(
                conditions.Key, dimensions, accounts, date, conditions.Any(c => ConditionTest.IsChange(c.Op)), cancellationToken);
            return new Part(conditions.Key, dimensions, [.. conditions], read);
        }));
        var shared = products.SelectMany(part => part.Dimensions).GroupBy(dimension => dimension).Where(same => same.Count() > 1)
            .Select(same => same.Key).ToHashSet();
        return
        [
            .. accounts.Accounts.Where(account => products.All(part => part.Meets(account.Ordinal)))
                .Select(account => new Item(
                    new AccountName(account.Account.Id, account.Account.Name),
                    products.SelectMany(part => part.Values(account.Ordinal, shared)).ToDictionary(pair => pair.Key, pair => pair.Value))),
        ];
    }

    private sealed record Part(ProductId Product, DimensionId[] Dimensions, Condition[] Conditions, ProductColumns.Columns Columns)
    {
        public bool Meets(int ordinal)
        {
            var (now, before) = (Columns.Now[ordinal], Columns.Before[ordinal]);
            foreach (var condition in Conditions)
            {
                var place = Array.IndexOf(Dimensions, condition.Dimension);
                if (!ConditionTest.Meets(condition, now?[place], before?[place])) return false;
            }

            return true;
        }

        public IEnumerable<KeyValuePair<string, UsageValue>> Values(int ordinal, HashSet<DimensionId> shared)
        {
            if (Columns.Now[ordinal] is not { } now) yield break;
            for (var i = 0; i < Dimensions.Length; i++)
                if (now[i] is { } value)
                    yield return new(shared.Contains(Dimensions[i]) ? $"{Product}.{Dimensions[i]}" : Dimensions[i].Value, value);
        }
    }
}
