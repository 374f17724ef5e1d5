using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Azure.Core;

namespace Azure.Data.Tables.Errors;

/// <summary>Code and message of an error answer: <c>odata.error</c> as a rule, XML from what stands before the tables (authentication).</summary>
internal sealed class ErrorDetails : RequestFailedDetailsParser
{
    public static readonly ErrorDetails Parser = new();

    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        var body = response.Content.ToMemory();
        if (body.IsEmpty) return false;
        var text = response.Content.ToString().TrimStart('\uFEFF');
        var (code, message) = text.StartsWith('<') ? FromXml(text) : FromJson(body);
        if (code is null && message is null) return false;
        if (FailedIndex(message) is { } index)
        {
            data = new Dictionary<string, string> { [TableTransactionFailedException.IndexKey] = index };
            message += $"\n The index of the entity that caused the error can be found in {nameof(TableTransactionFailedException.FailedTransactionActionIndex)}.";
        }

        error = new ResponseError(code, message);
        return true;
    }

    private static (string? Code, string? Message) FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("odata.error", out var error)) return default;
            var code = error.TryGetProperty("code", out var c) ? c.GetString() : null;
            var message = error.TryGetProperty("message", out var m) && m.TryGetProperty("value", out var value) ? value.GetString() : null;
            return (code, message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not the service's own answer (a proxy's page, say): the status has to do.
            return default;
        }
    }

    private static (string? Code, string? Message) FromXml(string text)
    {
        try
        {
            var root = XDocument.Parse(text).Root!;
            return (Child(root, "code"), Child(root, "message"));
        }
        catch (XmlException)
        {
            return default;
        }
    }

    private static string? Child(XElement root, string name) =>
        root.Elements().FirstOrDefault(e => string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static string? FailedIndex(string? message)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon is > 0 and < 5 && message.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') == false ? message![..colon] : null;
    }
}
