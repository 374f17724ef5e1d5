using System.Text;

namespace Azure.Data.Tables.Tests.Pipeline;

/// <summary>A request as it came in.</summary>
internal sealed record Seen(string Method, string Url, Dictionary<string, string> Headers, byte[] Body)
{
    public string Path => Url.Split('?')[0];

    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
