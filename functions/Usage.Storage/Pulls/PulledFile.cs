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

    private readonly BlockBlobClient _blob;
    private readonly string? _name;
    private readonly byte[] _block;
    private int _blocks;
    private long _staged;
    private int _buffered;

    private PulledFile(BlockBlobClient blob, string? name, string stage, int blockBytes, int blocks)
    {
        (_blob, Stage, _block, _blocks, _staged) = (blob, stage, new byte[blockBytes], blocks, (long)blocks * blockBytes);
        _name = name;
    }

    /// <summary>Marks this content's blocks: those of another attempt at other content are never mixed in.</summary>
    public string Stage { get; }

    /// <summary>Path within the container.</summary>
    public string Path => _blob.Name;

    /// <summary>Bytes taken so far.</summary>
    public long Length => _staged + _buffered;

    /// <param name="name">What the source calls the file.</param>
    public static PulledFile Begin(UsageBlobs blobs, string path, string name, int blockBytes = DefaultBlockBytes) =>
        new(blobs.Imports.GetBlockBlobClient(path), name, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), blockBytes, 0);

    /// <summary>Goes on behind the whole blocks that are staged.</summary>
    public static async Task<PulledFile> ResumeAsync(
        UsageBlobs blobs, PartialPull partial, CancellationToken cancellationToken, int blockBytes = DefaultBlockBytes)
    {
        var blob = blobs.Imports.GetBlockBlobClient(partial.Blob);
        var staged = new HashSet<string>();
        try
        {
            var list = (await blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: cancellationToken)).Value;
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
    public static async Task<bool> IsThereAsync(UsageBlobs blobs, string path, CancellationToken cancellationToken) =>
        await blobs.Imports.GetBlobClient(path).ExistsAsync(cancellationToken);

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            // A full block that couldn't be staged is still here, and is staged now.
            if (_buffered == _block.Length) await StageAsync(cancellationToken);
            var taken = Math.Min(bytes.Length, _block.Length - _buffered);
            bytes[..taken].CopyTo(_block.AsMemory(_buffered));
            _buffered += taken;
            bytes = bytes[taken..];
        }

        if (_buffered == _block.Length) await StageAsync(cancellationToken);
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_buffered > 0) await StageAsync(cancellationToken);
        var options = new CommitBlockListOptions();
        if (_name is not null)
            options.Metadata = new Dictionary<string, string>
            {
                [NameMetadata] = Uri.EscapeDataString(_name.Length <= MaxNameLength ? _name : _name[..MaxNameLength]),
            };
        await _blob.CommitBlockListAsync(Enumerable.Range(0, _blocks).Select(index => Name(Stage, index)), options, cancellationToken);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(_block, 0, _buffered, writable: false);
        await _blob.StageBlockAsync(Name(Stage, _blocks), content, cancellationToken: cancellationToken);
        (_blocks, _staged, _buffered) = (_blocks + 1, _staged + _buffered, 0);
    }

    // All of one length, as the service demands.
    private static string Name(string stage, int index) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{stage}-{index:D8}")));
}
