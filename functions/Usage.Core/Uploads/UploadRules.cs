using Usage.Core.Problems;
using static System.FormattableString;

namespace Usage.Core.Uploads;

/// <summary>Checks an upload that comes in blocks.</summary>
public static class UploadRules
{
    /// <summary>A fifth of what the storage service takes for one blob.</summary>
    public const int MaxBlocks = 10_000;

    /// <summary>Each is in memory while it comes.</summary>
    public const int MaxBlockBytes = 8 << 20;

    public const string AlreadyCommitted = "already-committed";
    public const string NotCommitted = "not-committed";
    public const string MissingBlocks = "missing-blocks";
    public const string OtherLength = "other-length";

    private const int MaxNamed = 20;

    /// <param name="block">That comes now, for the first time or again.</param>
    /// <returns>Every problem at once; empty when it may come.</returns>
    public static IReadOnlyList<Problem> ValidateBlock(Upload upload, UploadBlock block)
    {
        var problems = new ProblemList();
        var others = upload.Blocks.Where(other => other.Number != block.Number).Sum(other => other.Bytes);
        if (upload.Committed)
            problems.Conflict(AlreadyCommitted, "upload", "it is committed already, and takes no more blocks; begin another one");
        else if (others + block.Bytes > upload.Bytes)
            problems.Conflict(OtherLength, "block", Invariant($"found {others + block.Bytes:N0} bytes with this block, ")
                + Invariant($"expected at most the {upload.Bytes:N0} that the upload began with"));
        return problems.Problems;
    }

    /// <returns>Why its blocks aren't the file yet; empty when they are.</returns>
    public static IReadOnlyList<Problem> ValidateWhole(Upload upload)
    {
        var problems = new ProblemList();
        var there = upload.Blocks.Select(block => block.Number).ToHashSet();
        var missing = Enumerable.Range(1, there.Count == 0 ? 1 : there.Max()).Where(number => !there.Contains(number)).ToList();
        var bytes = upload.Blocks.Sum(block => block.Bytes);
        if (missing.Count > 0)
            problems.Conflict(MissingBlocks, "blocks", Invariant($"found {there.Count} blocks without {Numbers(missing)}, ")
                + "expected all from 1 to the last; send what is missing, then commit again");
        else if (bytes != upload.Bytes)
            problems.Conflict(OtherLength, "bytes", Invariant($"found {bytes:N0} bytes in {there.Count} blocks, ")
                + Invariant($"expected the {upload.Bytes:N0} that the upload began with; send the blocks that are missing or differ, ")
                + "then commit again");
        return problems.Problems;
    }

    private static string Numbers(List<int> numbers) =>
        string.Join(", ", numbers.Take(MaxNamed)) + (numbers.Count > MaxNamed ? $" and {numbers.Count - MaxNamed} more" : "");
}
