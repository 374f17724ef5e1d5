namespace Usage.Core.Tests.Suggestions;

/// <summary>Memory of the process is measured, so nothing else may run meanwhile.</summary>
[Collection(Name)]
public sealed class SampleMemoryTests
{
    public const string Name = "memory";

    [Fact]
    public async Task Packed_file_takes_memory_that_does_not_grow_with_what_it_unpacks_to()
    {
        var packed = SampleTests.Packed("customer_id,mau\n", "CUST001,5\n", times: 30_000_000);
        Assert.InRange(packed.Length, 0, 4_000_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        await using var watching = new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(false)), null, 0, 5);
        var told = await SampleTests.SuggestAsync(new MemoryStream(packed));
        Assert.Equal(("gzip", 16L << 20, false), (told.File.Kind, told.File.BytesRead, told.File.Complete));
        Assert.Contains(told.Warnings, warning => warning.Code == "not-read-to-the-end");
        Assert.InRange(most - before, 0, 300 << 20);
    }

    [CollectionDefinition(SampleMemoryTests.Name, DisableParallelization = true)]
    public sealed class Alone;
}
