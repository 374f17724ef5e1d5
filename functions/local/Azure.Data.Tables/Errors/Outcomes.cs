using Azure.Core;

namespace Azure.Data.Tables.Errors;

/// <summary>Which status codes an operation expects; all others become a <see cref="RequestFailedException"/>.</summary>
internal static class Outcomes
{
    public static readonly ResponseClassifier Read = new StatusCodeClassifier([200]);
    public static readonly ResponseClassifier ReadIfExists = new StatusCodeClassifier([200, 404]);
    public static readonly ResponseClassifier Written = new StatusCodeClassifier([201, 204]);
    public static readonly ResponseClassifier CreatedOrThere = new StatusCodeClassifier([201, 204, 409]);
    public static readonly ResponseClassifier Deleted = new StatusCodeClassifier([204, 404]);
    public static readonly ResponseClassifier Accepted = new StatusCodeClassifier([202]);

    public static RequestFailedException Failure(Response response) => new(response, null, ErrorDetails.Parser);
}
