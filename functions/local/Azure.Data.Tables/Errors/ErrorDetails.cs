using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Errors;

/// <summary>Code and message of an error answer: that of <c>odata.error</c>.</summary>
internal sealed class ErrorDetails : RequestFailedDetailsParser
{
    public static readonly ErrorDetails Parser = new();

    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        var body = response.Content.ToMemory();
        if (body.IsEmpty) return false;
        var (code, message) = FromJson(body);
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
            // Not the tables' own answer (a proxy's page, or XML of what stands before them): the status has to do.
            return default;
        }
    }

    private static string? FailedIndex(string? message)
    {
        var colon = message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon is > 0 and < 5 && message.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') == false ? message![..colon] : null;
    }
}
