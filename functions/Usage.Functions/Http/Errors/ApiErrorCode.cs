using Usage.Core.Problems;

namespace Usage.Functions.Http.Errors;

/// <summary>The codes of what any request can get wrong; those of one capability stand beside it.</summary>
public static class ApiErrorCode
{
    public const string MalformedRequest = "malformed-request";
    public const string MalformedJson = "malformed-json";
    public const string EmptyBody = ProblemCode.EmptyBody;
    public const string UnknownMember = "unknown-member";
    public const string MissingMember = "missing-member";
    public const string WrongType = "wrong-type";
    public const string InvalidValue = "invalid-value";
    public const string InvalidId = ProblemCode.InvalidId;
    public const string UnknownParameter = "unknown-parameter";
    public const string MissingParameter = "missing-parameter";
    public const string TooLarge = "too-large";
    public const string NotFound = "not-found";
    public const string Forbidden = "forbidden";
    public const string TooMany = "too-many-requests";
    public const string InUse = "in-use";
    public const string Changed = "changed";
    public const string StorageUnavailable = "storage-unavailable";
    public const string InternalError = "internal-error";
}
