namespace Azure.Data.Tables.Tests.Entities;

/// <summary>Values that tables don't have are refused before anything is sent.</summary>
public sealed class RefusalTests
{
    // Nobody listens there, and nobody is asked.
    private static readonly TableClient Nowhere = new("AccountName=acme;AccountKey=AAECAwQ=;TableEndpoint=http://127.0.0.1:1/acme", "usage");

    public static TheoryData<object> Unknown { get; } = [1u, (short)1, (byte)1, 'c', DayOfWeek.Monday, new object(), new[] { 1 }];

    [Theory, MemberData(nameof(Unknown), DisableDiscoveryEnumeration = true)]
    public async Task A_type_that_tables_do_not_have(object value) =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Nowhere.UpsertEntityAsync(new TableEntity("p", "r") { ["x"] = value }));

    [Theory, InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public async Task A_number_that_json_does_not_have(double value) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Nowhere.UpsertEntityAsync(new TableEntity("p", "r") { ["x"] = value }));

    [Theory, InlineData(DateTimeKind.Local), InlineData(DateTimeKind.Unspecified)]
    public async Task A_time_that_is_not_UTC(DateTimeKind kind)
    {
        var time = new DateTime(2024, 1, 1, 0, 0, 0, kind);

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => Nowhere.UpsertEntityAsync(new TableEntity("p", "r") { ["x"] = time }));

        Assert.Contains($"has a Kind of {kind}. Azure SDK requires it to be UTC.", failure.Message, StringComparison.Ordinal);
    }

    [ServiceLimitFact]
    public async Task A_date_before_1601()
    {
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => Nowhere.UpsertEntityAsync(new TableEntity("p", "r") { ["x"] = DateTimeOffset.MinValue }));

        Assert.Equal((400, "OutOfRangeInput"), (failure.Status, failure.ErrorCode));
    }

    [Fact]
    public async Task Keys_that_are_missing()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Nowhere.UpsertEntityAsync(new TableEntity(null, "r")));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Nowhere.AddEntityAsync(new TableEntity("p", null)));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Nowhere.SubmitTransactionAsync([new(TableTransactionActionType.Add, new TableEntity("p", null))]));
        // The package stumbles over these without a word of its own.
        await Assert.ThrowsAnyAsync<SystemException>(() => Nowhere.GetEntityAsync<TableEntity>("p", null));
        await Assert.ThrowsAnyAsync<SystemException>(() => Nowhere.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, new TableEntity("p", null))]));
    }
}
