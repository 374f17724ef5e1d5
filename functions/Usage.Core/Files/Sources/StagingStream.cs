namespace Usage.Core.Files.Sources;

/// <summary>Writes down what is read, for the batches. Owns both streams; the copy is whole once it is disposed after the last read.</summary>
internal sealed class StagingStream(Stream source, Stream stage) : ForwardStream
{
    public long Written { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        await stage.WriteAsync(buffer[..read], cancellationToken);
        Written += read;
        return read;
    }

    /// <summary>The copy, flushed and closed.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await stage.FlushAsync(cancellationToken);
        await stage.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            stage.Dispose();
        }
        base.Dispose(disposing);
    }

    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await stage.DisposeAsync();
        await base.DisposeAsync();
    }
}
