using System.Text;

namespace Azure.Data.Tables.Tests.Pipeline;

/// <summary>What becomes of one request on its way.</summary>
internal sealed record Fault(bool PassesOn, bool Breaks, int Status = 0, string ContentType = "text/plain", byte[]? Answer = null)
{
    public static readonly Fault None = new(PassesOn: true, Breaks: false);

    /// <summary>The connection breaks before the service has seen the request.</summary>
    public static readonly Fault Reset = new(PassesOn: false, Breaks: true);

    /// <summary>The service does it, and then the connection breaks.</summary>
    public static readonly Fault LostAnswer = new(PassesOn: true, Breaks: true);

    public byte[] Body => Answer ?? [];

    public static Fault Answers(int status) => new(PassesOn: false, Breaks: false, status);

    public static Fault Says(int status, string contentType, string body) => new(PassesOn: false, Breaks: false, status, contentType, Encoding.UTF8.GetBytes(body));
}
