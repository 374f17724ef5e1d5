using System.Globalization;

namespace Azure.Data.Tables.Errors;

/// <summary>What the service would answer to a request that breaks one of its limits, said before anything is sent.</summary>
internal static class Refusals
{
    public static RequestFailedException PropertyNameInvalid(string name) =>
        Of(nameof(PropertyNameInvalid), $"The property name is invalid: found \"{name}\", expected a C# identifier.");

    public static RequestFailedException PropertyNameTooLong() =>
        Of(nameof(PropertyNameTooLong), "The property name exceeds the maximum allowed length (255).");

    public static RequestFailedException PropertyValueTooLarge(string name) =>
        Of(nameof(PropertyValueTooLarge), $"The property value exceeds the maximum allowed size (64KB): \"{name}\". If the property value is a string, it is UTF-16 encoded and the maximum number of characters should be 32K or less.");

    public static RequestFailedException TooManyProperties(int found) =>
        Of(nameof(TooManyProperties), $"The entity contains more properties than allowed: found {found}. Each entity can include up to 252 properties to store data. Each entity also has 3 system properties.");

    public static RequestFailedException EntityTooLarge() =>
        Of(nameof(EntityTooLarge), "The entity is larger than the maximum allowed size (1MB).");

    public static RequestFailedException KeyValueTooLarge(string key) =>
        Of(nameof(KeyValueTooLarge), $"The '{key}' value exceeds the maximum allowed size (1KB).");

    public static RequestFailedException KeyOutOfRange(string key, string value) =>
        Of("OutOfRangeInput", $"The '{key}' parameter of value '{value}' is out of range: none of / \\ # ? and no control character may be in it.");

    public static RequestFailedException DateOutOfRange(string name, DateTime value) =>
        Of("OutOfRangeInput", string.Create(CultureInfo.InvariantCulture, $"The '{name}' parameter of value '{value:O}' is out of range: dates start at 1601-01-01."));

    public static RequestFailedException DifferentPartitions() =>
        Of("CommandsInBatchActOnDifferentPartitions", "All commands in a batch must operate on same entity group.");

    public static RequestFailedException DuplicateRow() =>
        Of("InvalidDuplicateRow", "The batch request contains multiple changes with same row key. An entity can appear only once in a batch request.");

    public static RequestFailedException TooManyActions() =>
        Of("InvalidInput", "The batch request operation exceeds the maximum 100 changes per change set.");

    public static RequestFailedException RequestBodyTooLarge() => new(
        413, "The request body is too large and exceeds the maximum permissible limit (4 MiB).\nStatus: 413 (Request Entity Too Large)\nErrorCode: RequestBodyTooLarge", "RequestBodyTooLarge", null);

    /// <summary>The same refusal as that of one action of a transaction.</summary>
    public static TableTransactionFailedException InTransaction(int index, RequestFailedException refusal)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{index}:{refusal.Message}");
        var failure = new RequestFailedException(refusal.Status, text, refusal.ErrorCode, refusal);
        failure.Data[TableTransactionFailedException.IndexKey] = index.ToString(CultureInfo.InvariantCulture);
        return new TableTransactionFailedException(failure);
    }

    private static RequestFailedException Of(string code, string text) =>
        new(400, $"{text}\nStatus: 400 (Bad Request)\nErrorCode: {code}", code, null);
}
