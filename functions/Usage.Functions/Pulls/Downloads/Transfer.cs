using System.Buffers;
using System.Globalization;
using System.Net;
using Usage.Core.Ids;
using Usage.Core.Outbound;
using Usage.Functions.Outbound;
using Usage.Storage;
using Usage.Storage.Pulls;

namespace Usage.Functions.Pulls.Downloads;

/// <summary>One file on its way from a source into <c>imports</c>, over as many connections as it takes.</summary>
/// <param name="path">Of the blob, up to <c>.csv</c>; a packed file gets <c>.csv.gz</c>.</param>
/// <param name="last">Of the file before; null asks in any case.</param>
internal sealed class Transfer(
    IntegrationId integration, PullTarget target, string path, PullValidator? last, DownloadClient client, UsageBlobs blobs,
    PullStore pulls, PullOptions options, long maxBytes)
{
    private const int ReadBytes = 128 << 10;

    private PulledFile? _file;
    private PartialPull? _partial;

    /// <summary>Bytes that are here.</summary>
    public long Length => _file?.Length ?? 0;

    /// <summary>Goes on with what an attempt before a crash has left.</summary>
    public async Task ContinueAsync(PartialPull left, CancellationToken cancellationToken) =>
        (_partial, _file) = (left, await PulledFile.ResumeAsync(blobs, left, cancellationToken));

    /// <returns>The blob; null: nothing has changed since the last file.</returns>
    /// <exception cref="OutboundException">It isn't whole yet; a further call goes on where this one ended, if the source lets
    /// it.</exception>
    public async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        var from = _partial?.IfRange is null ? 0 : Length;
        using var response = await client.SendAsync(target, new DownloadRequest(last, from, _partial?.IfRange), cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified when from == 0 && last is not null:
                return null;
            case HttpStatusCode.PartialContent when from > 0 && ResponseHeaders.IsRest(response, _partial!, from):
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PreconditionFailed
                when from > 0:
                Forget();
                throw new OutboundException("the file changed while it was read", Retry.Soon);
            case HttpStatusCode.OK:
                Forget();
                if (last?.IsStrong() == true && ResponseHeaders.Validator(response, last.Source).ETag == last.ETag) return null;
                break;
            default:
                throw ResponseHeaders.Refusal(response);
        }

        var size = ResponseHeaders.Size(response);
        CheckSize(size ?? 0);
        await ReceiveAsync(response, cancellationToken);
        if (size is not null && size != Length) throw Short(size, null);
        await _file!.CommitAsync(cancellationToken);
        return _file.Path;
    }

    private void Forget() => (_file, _partial) = (null, null);

    private async Task ReceiveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var size = ResponseHeaders.Size(response);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            // Two bytes tell what kind of file it is.
            var count = await ReadAsync(body, buffer, _file is null ? 2 : 1, size, cancellationToken);
            if (_file is null) await BeginAsync(response, buffer.AsMemory(0, count), cancellationToken);
            for (; count > 0; count = await ReadAsync(body, buffer, 1, size, cancellationToken))
            {
                CheckSize(Length + count);
                await _file!.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task BeginAsync(HttpResponseMessage response, ReadOnlyMemory<byte> first, CancellationToken cancellationToken)
    {
        var packed = ResponseHeaders.IsPacked(response) || first.Span.StartsWith<byte>([0x1F, 0x8B]);
        var validator = ResponseHeaders.Validator(response, target.Fingerprint);
        var name = ResponseHeaders.Name(response, target.Url);
        _file = PulledFile.Begin(blobs, packed ? $"{path}.gz" : path, name);
        _partial = new PartialPull(_file.Path, _file.Stage, validator, ResponseHeaders.IfRange(response, validator)) { Name = name };
        await pulls.ChangeAsync(integration, record => record with { Partial = _partial }, cancellationToken);
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, int least, long? size, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(options.StallSeconds));
        try
        {
            return await body.ReadAtLeastAsync(buffer.AsMemory(0, ReadBytes), least, throwOnEndOfStream: false, patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundException(
                string.Create(CultureInfo.InvariantCulture,
                    $"nothing came for {options.StallSeconds:0.#} s after {Length:N0} bytes"), Retry.Soon, late);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw Short(size, broken);
        }
    }

    private OutboundException Short(long? size, Exception? inner) => new(
        size is null
            ? string.Create(CultureInfo.InvariantCulture, $"the connection broke after {Length:N0} bytes")
            : string.Create(CultureInfo.InvariantCulture, $"the connection broke after {Length:N0} of {size:N0} bytes"),
        Retry.Soon, inner);

    private void CheckSize(long bytes)
    {
        if (bytes > maxBytes)
            throw new OutboundException(
                string.Create(CultureInfo.InvariantCulture,
                    $"found at least {bytes:N0} bytes, expected at most {maxBytes:N0} "
                    + $"(the app setting Usage__Limits__MaxFileBytes)"),
                Retry.Never);
    }
}
