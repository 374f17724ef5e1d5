namespace Usage.Core.Files.Sources;

/// <summary>
/// Copies what is read to the stage, from which batches are read. Owns both streams.
/// </summary>
internal sealed class StagingStream(Stream source, Stream stage) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        await stage.WriteAsync(buffer[..read], cancellationToken);
        return read;
    }

    /// <summary>Flushes and closes the copy.</summary>
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
