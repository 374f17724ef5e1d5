using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Tests.Tables;

public sealed class TableListTests(Emulator emulator)
{
    [Fact]
    public async Task A_table_is_created_once()
    {
        var service = emulator.Service();
        var name = "t" + Guid.NewGuid().ToString("N");

        Assert.Equal(name, (await service.CreateTableAsync(name)).Value.Name);
        var again = await service.CreateTableIfNotExistsAsync(name);
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync(name));

        Assert.Equal((name, 409), (again.Value.Name, again.GetRawResponse().Status));
        Assert.Equal(409, failure.Status);
        Assert.True(failure.ErrorCode == TableErrorCode.TableAlreadyExists);
        Assert.Equal(name, (await service.GetTableClient(name).CreateIfNotExistsAsync()).Value.Name);
    }

    [Fact]
    public async Task Deleting_a_table_that_is_not_there_is_no_error()
    {
        var service = emulator.Service();
        var table = await emulator.CreateTableAsync();

        Assert.Equal(204, (await table.DeleteAsync()).Status);
        Assert.Equal(404, (await service.DeleteTableAsync(table.Name)).Status);
    }

    [Fact]
    public async Task Tables_are_listed_in_pages_and_by_filter()
    {
        var service = emulator.Service();
        var mark = "list" + Guid.NewGuid().ToString("N")[..8];
        string[] names = [.. Enumerable.Range(0, 5).Select(i => $"{mark}{i}")];
        foreach (var name in names) await service.CreateTableAsync(name);

        var all = await service.QueryAsync(maxPerPage: 2).Select(t => t.Name).ToListAsync();
        // Only a FormattableString quotes its values: an interpolated string as such is taken for a plain one.
        FormattableString filter = $"TableName eq {names[3]}";
        var one = await service.QueryAsync(filter).Select(t => t.Name).ToListAsync();

        Assert.Equal(names, all.Where(n => n.StartsWith(mark, StringComparison.Ordinal)));
        Assert.Equal([names[3]], one);
    }

    [Fact]
    public void Error_codes_compare_with_what_the_service_says()
    {
        string code = "tablenotfound", none = null!;

        Assert.True(code == TableErrorCode.TableNotFound);
        Assert.True(TableErrorCode.TableNotFound == code);
        Assert.Throws<ArgumentNullException>(() => none != TableErrorCode.TableNotFound);
        Assert.Equal("TableNotFound", TableErrorCode.TableNotFound.ToString());
    }
}
