using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables.Transactions;

/// <summary>What the service answered to one action. Headers and body are looked at only when someone asks.</summary>
/// <param name="status">The action's own status.</param>
/// <param name="part">From the status line on.</param>
/// <param name="clientRequestId">The transaction's.</param>
internal sealed class BatchPartResponse(int status, ReadOnlyMemory<byte> part, string clientRequestId) : Response
{
    private Stream? _content;
    private List<HttpHeader>? _headers;

    public override int Status => status;

    public override bool IsError => status >= 400;

    public override string ReasonPhrase
    {
        get
        {
            var line = Encoding.UTF8.GetString(part.Span[..part.Span.IndexOf((byte)'\r')]);
            return line.Split(' ', 3) is [_, _, var reason] ? reason : "";
        }
    }

    public override Stream? ContentStream
    {
        get => _content ??= new MemoryStream(Body.ToArray(), 0, Body.Length, writable: false, publiclyVisible: true);
        set => _content = value;
    }

    public override string ClientRequestId { get; set; } = clientRequestId;

    private ReadOnlySpan<byte> Body
    {
        get
        {
            var bytes = part.Span;
            var head = bytes.IndexOf("\r\n\r\n"u8);
            if (head < 0) return [];
            var body = bytes[(head + 4)..];
            var end = body.IndexOf("\r\n--"u8);
            return end < 0 ? body : body[..end];
        }
    }

    private List<HttpHeader> Parsed => _headers ??= ParseHeaders();

    public override void Dispose() => _content?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = Parsed.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => Parsed;

    private List<HttpHeader> ParseHeaders()
    {
        var bytes = part.Span;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        var lines = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]).Split("\r\n");
        var headers = new List<HttpHeader>(lines.Length);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !line.StartsWith("--", StringComparison.Ordinal)) headers.Add(new HttpHeader(line[..colon], line[(colon + 1)..].Trim()));
        }

        return headers;
    }
}
