namespace Azure.Data.Tables.Tests.Entities;

public sealed class UntypedRoundTripTests(Emulator emulator)
{
    [Fact]
    public async Task Every_type_comes_back_as_it_was_stored()
    {
        var table = await emulator.CreateTableAsync();
        var id = Guid.NewGuid();
        var time = new DateTimeOffset(2024, 10, 15, 13, 14, 15, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        await table.UpsertEntityAsync(new TableEntity("p", "r")
        {
            ["text"] = "Grüße \"‘ <&>\u2028 😀 \t\r\n 100%25 + {}",
            ["empty"] = "",
            ["whole"] = 500d,
            ["fraction"] = 0.1,
            ["tiny"] = double.Epsilon,
            ["large"] = double.MaxValue,
            ["none"] = double.NaN,
            ["flag"] = false,
            ["count"] = int.MinValue,
            ["big"] = long.MaxValue,
            ["id"] = id,
            ["bytes"] = new byte[] { 0, 255, 1 },
            ["data"] = new BinaryData(new byte[] { 7 }),
            ["time"] = time,
            ["utc"] = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        });

        TableEntity stored = await table.GetEntityAsync<TableEntity>("p", "r");

        Assert.Equal("Grüße \"‘ <&>\u2028 😀 \t\r\n 100%25 + {}", stored.GetString("text"));
        Assert.Equal("", stored.GetString("empty"));
        Assert.Equal(500d, Assert.IsType<double>(stored["whole"]));
        Assert.Equal(0.1, stored.GetDouble("fraction"));
        Assert.Equal(double.Epsilon, stored.GetDouble("tiny"));
        Assert.Equal(double.MaxValue, stored.GetDouble("large"));
        Assert.Equal(double.NaN, stored.GetDouble("none"));
        Assert.False(stored.GetBoolean("flag"));
        Assert.Equal(int.MinValue, Assert.IsType<int>(stored["count"]));
        Assert.Equal(long.MaxValue, Assert.IsType<long>(stored["big"]));
        Assert.Equal(id, Assert.IsType<Guid>(stored["id"]));
        Assert.Equal([0, 255, 1], stored.GetBinary("bytes"));
        Assert.Equal([7], stored.GetBinaryData("data").ToArray());
        Assert.Equal(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), stored.GetDateTime("utc"));
        // The emulator keeps milliseconds only.
        Assert.Equal(time.UtcDateTime, Assert.IsType<DateTimeOffset>(stored["time"]).UtcDateTime, TimeSpan.FromMilliseconds(1));
        Assert.NotNull(stored.Timestamp);
        Assert.NotEqual(default, stored.ETag);
    }
}
