using Microsoft.Extensions.Configuration;
using Usage.Core.Outbound;

namespace Usage.Functions.Outbound;

/// <summary>The app settings <c>Secrets__NAME</c>. Values go into requests and nowhere else: into no message, log or record.</summary>
public sealed class SecretSettings(IConfiguration settings)
{
    /// <exception cref="OutboundException">A secret is missing or can't be sent; the message names its setting.</exception>
    public string Fill(string text) => SecretText.Fill(text, Value);

    private string Value(string name)
    {
        var value = settings[$"Secrets:{name.Replace("__", ":", StringComparison.Ordinal)}"]?.Trim();
        if (string.IsNullOrEmpty(value))
            throw new OutboundException(
                $"the app setting {SecretText.Setting(name)} is missing: set it to the secret that {SecretText.Mark}{name} stands for",
                Retry.Never);
        if (value.Any(c => c is < ' ' or > '~'))
            throw new OutboundException(
                $"the app setting {SecretText.Setting(name)} holds a character that a header can't: expected one line of ASCII",
                Retry.Never);
        return value;
    }
}
