using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Values;

namespace Usage.Benchmarks.Files;

/// <summary>How <see cref="UsageFile"/> is read.</summary>
internal static class SampleMapping
{
    public static readonly IReadOnlyList<(string Column, string Dimension, DataType Type)> Dimensions =
    [
        ("mau", "monthly_active_users", DataType.Numeric),
        ("api_calls", "api_request_count", DataType.Numeric),
        ("plan_type", "subscription_plan", DataType.Text),
        ("is_active", "active_status", DataType.Boolean),
    ];

    /// <param name="dates">The file has a date column, and all dates are recorded.</param>
    public static ImportMapping Make(string product, bool dates = false) => new()
    {
        Integration = new Integration
        {
            Id = new IntegrationId(product),
            Name = product,
            Version = 1,
            AllowMultipleRowsPerCustomer = dates,
            Match = [new MatchRule { By = MatchBy.CrmId, Column = "customer_id" }],
        },
        Products =
        [
            new MappedProduct
            {
                Id = new ProductId(product),
                Name = product,
                Period = SnapshotPeriod.Monthly,
                DateColumn = dates ? "day" : null,
                Dimensions =
                [
                    .. Dimensions.Select(
                        d =>
                            new MappedDimension { Column = d.Column, Id = new DimensionId(d.Dimension), DataType = d.Type,
                                Aggregate = Aggregate.Last }),
                ],
            },
        ],
        ArrivalDate = new DateOnly(2026, 11, 22),
        TimeZone = "UTC",
    };

    public static IReadOnlyList<NumberedAccount> Accounts(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new NumberedAccount(i, new Account
        {
            Id = new AccountId($"a{i:0000000}"),
            Name = $"Customer {i}",
            CrmId = UsageFile.CrmId(i),
        })),
    ];
}
