using System.Buffers;
using System.Security.Cryptography;
using Usage.Core.Issues;
using static System.FormattableString;

namespace Usage.Core.Files.Sources;

/// <summary>Counts and hashes a file as it was dropped, and limits its length. Owns the stream.</summary>
public sealed class MeasuredStream(Stream file, long maxBytes, IProgress<long>? progress) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Total { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await file.ReadAsync(buffer, cancellationToken);
        if (read == 0) return 0;
        Total += read;
        if (Total > maxBytes)
            throw new FileRejectedException(IssueCode.FileTooLarge,
                Invariant($"the file: found more than {maxBytes} bytes, expected at most that many; ")
                + "split it, or raise the limit MaxFileBytes");
        _hash.AppendData(buffer.Span[..read]);
        progress?.Report(Total);
        return read;
    }

    /// <summary>Reads what is left, so that the hash is that of the whole file.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (await ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return Convert.ToHexStringLower(_hash.GetCurrentHash());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }
}
