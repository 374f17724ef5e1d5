using System.Globalization;

namespace Azure.Data.Tables.Tests.Entities;

public sealed class TableEntityTests
{
    [Fact]
    public void What_is_missing_is_null()
    {
        var entity = new TableEntity("p", "r");

        Assert.Null(entity["nothing"]);
        Assert.Null(entity.GetString("nothing"));
        Assert.Null(entity.GetDouble("nothing"));
        Assert.Null(entity.GetDateTimeOffset("nothing"));
        Assert.Null(entity.GetBinary("nothing"));
        Assert.Null(entity.Timestamp);
        Assert.Equal(default, entity.ETag);
    }

    [Fact]
    public void A_read_as_another_type_is_refused()
    {
        var entity = new TableEntity { ["mau"] = 5 };

        var failure = Assert.Throws<InvalidOperationException>(() => entity.GetDouble("mau"));

        Assert.Equal("Cannot return System.Nullable`1[System.Double] type for a System.Int32 typed property.", failure.Message);
    }

    [Fact]
    public void Whole_numbers_and_dates_become_what_the_property_was()
    {
        var entity = new TableEntity { ["double"] = 1.5, ["long"] = 1L, ["int"] = 1, ["text"] = "a" };

        entity["double"] = 2;
        entity["long"] = 3;
        entity["int"] = 4.5;

        Assert.Equal((2d, 3L, 4.5), (entity["double"], entity["long"], entity["int"]));
        entity["text"] = DateTime.UnixEpoch;
        Assert.Equal(DateTime.UnixEpoch.ToString(CultureInfo.CurrentCulture), entity["text"]);
        entity["text"] = 5;
        Assert.Equal(5, entity["text"]);
    }

    [Fact]
    public void Dates_are_read_in_UTC_either_way()
    {
        var entity = new TableEntity { ["t"] = new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)) };

        Assert.Equal(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), entity.GetDateTime("t"));
        entity["t"] = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), entity.GetDateTimeOffset("t"));
    }

    [Fact]
    public void It_is_a_dictionary_of_keys_and_properties()
    {
        var entity = new TableEntity(new Dictionary<string, object> { ["PartitionKey"] = "p", ["RowKey"] = "r", ["mau"] = 1.5 });
        IDictionary<string, object> dictionary = entity;

        Assert.Equal(("p", "r", 3), (entity.PartitionKey, entity.RowKey, entity.Count));
        Assert.Equal(["PartitionKey", "RowKey", "mau"], entity.Keys);
        Assert.Equal(["p", "r", 1.5], dictionary.Values);
        Assert.True(entity.ContainsKey("mau") && entity.TryGetValue("mau", out var mau) && mau is 1.5 && entity.Remove("mau"));
        entity.Clear();
        Assert.Empty(dictionary);
    }
}
