using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Usage.Storage.Pulls;

/// <summary>
/// A file on its way into <c>imports</c>. It is staged in blocks that nobody sees, survives a crash up to the last whole block, and
/// appears whole when it is committed. Memory: one block.
/// </summary>
public sealed class PulledFile
{
    public const int DefaultBlockBytes = 4 << 20;

    /// <summary>Metadata of the blob: what the source calls the file, escaped, since metadata take ASCII only.</summary>
    internal const string NameMetadata = "sourcename";

    private const int MaxNameLength = 255;

    private readonly BlockBlobClient blob;
    private readonly string? name;
    private readonly byte[] block;
    private int blocks;
    private long staged;
    private int buffered;

    private PulledFile(BlockBlobClient blob, string? name, string stage, int blockBytes, int blocks)
    {
        (this.blob, Stage, block, this.blocks, staged) = (blob, stage, new byte[blockBytes], blocks, (long)blocks * blockBytes);
        this.name = name;
    }

    /// <summary>Marks this content's blocks: those of another attempt at other content are never mixed in.</summary>
    public string Stage { get; }

    /// <summary>Path within the container.</summary>
    public string Path => blob.Name;

    /// <summary>Bytes taken so far.</summary>
    public long Length => staged + buffered;

    /// <param name="name">What the source calls the file.</param>
    public static PulledFile Begin(UsageBlobs blobs, string path, string name, int blockBytes = DefaultBlockBytes) =>
        new(blobs.Imports.GetBlockBlobClient(path), name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), blockBytes, 0);

    /// <summary>Goes on behind the whole blocks that are staged.</summary>
    public static async Task<PulledFile> ResumeAsync(
        UsageBlobs blobs, PartialPull partial, CancellationToken cancel, int blockBytes = DefaultBlockBytes)
    {
        var blob = blobs.Imports.GetBlockBlobClient(partial.Blob);
        var staged = new HashSet<string>();
        try
        {
            var list = (await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancel)).Value;
            foreach (var there in list.UncommittedBlocks.Where(there => there.SizeLong == blockBytes)) staged.Add(there.Name);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            // Nothing was staged before the crash.
        }

        var count = 0;
        while (staged.Contains(Name(partial.Stage, count))) count++;
        return new PulledFile(blob, partial.Name, partial.Stage, blockBytes, count);
    }

    /// <summary>Whether it has been committed, by an earlier attempt of the same step.</summary>
    public static async Task<bool> IsThereAsync(UsageBlobs blobs, string path, CancellationToken cancel) =>
        await blobs.Imports.GetBlobClient(path).ExistsAsync(cancel);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            // A full block that couldn't be staged is still here, and is staged now.
            if (buffered == block.Length) await StageAsync(cancel);
            var taken = Math.Min(bytes.Length, block.Length - buffered);
            bytes[..taken].CopyTo(block.AsMemory(buffered));
            buffered += taken;
            bytes = bytes[taken..];
        }

        if (buffered == block.Length) await StageAsync(cancel);
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (buffered > 0) await StageAsync(cancel);
        var options = new CommitBlockListOptions();
        if (name is not null)
            options.Metadata = new Dictionary<string, string>
            {
                [NameMetadata] = Uri.EscapeDataString(name.Length <= MaxNameLength ? name : name[..MaxNameLength]),
            };
        await blob.CommitBlockListAsync(Enumerable.Range(0, blocks).Select(index => Name(Stage, index)), options, cancel);
    }

    private async Task StageAsync(CancellationToken cancel)
    {
        using var content = new MemoryStream(block, 0, buffered, writable: false);
        await blob.StageBlockAsync(Name(Stage, blocks), content, cancellationToken: cancel);
        (blocks, staged, buffered) = (blocks + 1, staged + buffered, 0);
    }

    // All of one length, as the service demands.
    private static string Name(string stage, int index) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stage}-{index:D8}")));
}
