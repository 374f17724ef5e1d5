using System.Runtime.Serialization;

namespace Azure.Data.Tables.Tests.Entities;

public sealed class TypedRoundTripTests(Emulator emulator)
{
    public enum Plan
    {
        Free,
        Pro,
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_was_stored()
    {
        var table = await emulator.CreateTableAsync();
        var sent = new Usage
        {
            PartitionKey = "p",
            RowKey = "r",
            Text = "Grüße",
            Whole = 500,
            Flag = true,
            Count = 7,
            Big = long.MinValue,
            Id = Guid.NewGuid(),
            Bytes = [1, 2, 3],
            Data = new BinaryData(new byte[] { 9 }),
            Time = new DateTimeOffset(2024, 10, 15, 1, 2, 3, TimeSpan.FromHours(5)),
            Utc = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            Plan = Plan.Pro,
            MaybePlan = Plan.Free,
            MaybeNumber = 3,
            Field = "a field",
            Forgotten = "not stored",
            Renamed = "stored by another name",
        };

        await table.AddEntityAsync(sent);
        Usage stored = await table.GetEntityAsync<Usage>("p", "r");
        TableEntity untyped = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal(("p", "r", "Grüße", 500d, true, 7, long.MinValue), (stored.PartitionKey, stored.RowKey, stored.Text, stored.Whole, stored.Flag, stored.Count, stored.Big));
        Assert.Equal((sent.Id, sent.Time, sent.Utc, sent.Plan, sent.MaybePlan, sent.MaybeNumber), (stored.Id, stored.Time, stored.Utc, stored.Plan, stored.MaybePlan, stored.MaybeNumber));
        Assert.Equal(DateTimeKind.Utc, stored.Utc.Kind);
        Assert.Equal(sent.Bytes, stored.Bytes);
        Assert.Equal([9], stored.Data!.ToArray());
        Assert.Equal("a field", stored.Field);
        Assert.Equal("stored by another name", stored.Renamed);
        Assert.Null(stored.Missing);
        Assert.Null(stored.MaybeFlag);
        Assert.Null(stored.Forgotten);
        Assert.NotNull(stored.Timestamp);
        Assert.Equal(untyped.ETag, stored.ETag);
        Assert.Equal("stored by another name", untyped.GetString("renamed_here"));
        Assert.Equal("Pro", untyped["Plan"]);
        Assert.Equal(5, untyped.GetInt32("Sum"));
        Assert.DoesNotContain("Forgotten", untyped.Keys);
        Assert.DoesNotContain("Missing", untyped.Keys);
    }

    [Fact]
    public async Task A_class_may_implement_its_keys_explicitly()
    {
        var table = await emulator.CreateTableAsync();

        await table.UpsertEntityAsync(new Explicit { Account = "acme", Mau = 2 });
        Explicit stored = await table.GetEntityAsync<Explicit>("accounts", "acme");

        Assert.Equal(("acme", 2d), (stored.Account, stored.Mau));
    }

    [Fact]
    public async Task A_text_where_a_number_is_expected_is_refused()
    {
        var table = await emulator.CreateTableAsync();
        await table.UpsertEntityAsync(new TableEntity("accounts", "acme") { ["Mau"] = "many" });

        await Assert.ThrowsAsync<FormatException>(() => table.GetEntityAsync<Explicit>("accounts", "acme"));
    }

    [Fact]
    public async Task Typed_and_untyped_entities_mix_in_a_query_and_a_transaction()
    {
        var table = await emulator.CreateTableAsync();

        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new Explicit { Account = "a", Mau = 1 }),
            new(TableTransactionActionType.UpsertReplace, new TableEntity("accounts", "b") { ["Mau"] = 2, ["Other"] = "left out" }),
        ]);

        Assert.Equal([("a", 1d), ("b", 2d)], await table.QueryAsync<Explicit>().Select(e => (e.Account, e.Mau)).ToListAsync());
    }

    private abstract class Keys : ITableEntity
    {
        public string PartitionKey { get; set; } = "";

        public string RowKey { get; set; } = "";

        public DateTimeOffset? Timestamp { get; set; }

        public ETag ETag { get; set; }
    }

    private sealed class Usage : Keys
    {
        public string Field = "";

        public string? Text { get; set; }

        public string? Missing { get; init; }

        public double Whole { get; init; }

        public bool Flag { get; init; }

        public bool? MaybeFlag { get; init; }

        public int Count { get; init; }

        public int? MaybeNumber { get; init; }

        public long Big { get; init; }

        public Guid Id { get; init; }

        public byte[] Bytes { get; init; } = [];

        public BinaryData? Data { get; init; }

        public DateTimeOffset Time { get; init; }

        public DateTime Utc { get; init; }

        public Plan Plan { get; init; }

        public Plan? MaybePlan { get; init; }

        [IgnoreDataMember]
        public string? Forgotten { get; init; }

        [DataMember(Name = "renamed_here")]
        public string? Renamed { get; init; }

        public int Sum => Count - 2;
    }

    private sealed class Explicit : ITableEntity
    {
        [IgnoreDataMember]
        public string Account { get; set; } = "";

        public double Mau { get; set; }

        string ITableEntity.PartitionKey { get => "accounts"; set => Assert.Equal("accounts", value); }

        string ITableEntity.RowKey { get => Account; set => Account = value; }

        DateTimeOffset? ITableEntity.Timestamp { get; set; }

        ETag ITableEntity.ETag { get; set; }
    }
}
