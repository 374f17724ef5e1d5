using Usage.Core.Ids;
using Usage.Core.Problems;
using Usage.Core.Uploads;

namespace Usage.Core.Tests.Uploads;

public sealed class UploadRulesTests
{
    private static readonly Upload Empty = new()
    {
        Id = new UploadId("20261122T101530-0123456789ab"),
        Name = "october.csv",
        Bytes = 30,
        At = new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero),
    };

    [Fact]
    public void Blocks_from_the_first_to_the_last_with_all_bytes_are_the_file() =>
        Assert.Empty(UploadRules.ValidateWhole(With(10, 15, 5)));

    [Fact]
    public void Blocks_that_are_missing_are_named() =>
        Is(UploadRules.ValidateWhole(Empty with { Blocks = [new(2, 10), new(5, 20)] }), UploadRules.MissingBlocks,
            "found 2 blocks without 1, 3, 4, expected all from 1 to the last; send what is missing, then commit again");

    [Fact]
    public void Of_many_missing_blocks_twenty_are_named() =>
        Is(UploadRules.ValidateWhole(Empty with { Blocks = [new(24, 30)] }), UploadRules.MissingBlocks,
            $"found 1 blocks without {string.Join(", ", Enumerable.Range(1, 20))} and 3 more, expected all from 1 to the last; "
            + "send what is missing, then commit again");

    [Fact]
    public void Without_blocks_the_first_is_missing() =>
        Is(UploadRules.ValidateWhole(Empty), UploadRules.MissingBlocks,
            "found 0 blocks without 1, expected all from 1 to the last; send what is missing, then commit again");

    [Fact]
    public void Fewer_bytes_than_it_began_with_are_not_the_file() =>
        Is(UploadRules.ValidateWhole(With(10, 15)), UploadRules.OtherLength,
            "found 25 bytes in 2 blocks, expected the 30 that the upload began with; "
            + "send the blocks that are missing or differ, then commit again");

    [Fact]
    public void Block_that_comes_again_takes_the_place_of_the_one_before()
    {
        Assert.Empty(UploadRules.ValidateBlock(With(10, 20), new UploadBlock(2, 20)));
        Is(UploadRules.ValidateBlock(With(10, 20), new UploadBlock(2, 21)), UploadRules.OtherLength,
            "found 31 bytes with this block, expected at most the 30 that the upload began with");
    }

    [Fact]
    public void What_is_committed_takes_no_more_blocks() =>
        Is(UploadRules.ValidateBlock(Empty with { Sha256 = "ab" }, new UploadBlock(1, 1)), UploadRules.AlreadyCommitted,
            "it is committed already, and takes no more blocks; begin another one");

    private static Upload With(params long[] bytes) =>
        Empty with { Blocks = [.. bytes.Select((length, at) => new UploadBlock(at + 1, length))] };

    private static void Is(IReadOnlyList<Problem> found, string code, string message)
    {
        var problem = Assert.Single(found);
        Assert.Equal((code, message, ProblemKind.Conflict), (problem.Code, problem.Message, problem.Kind));
    }
}
