namespace Usage.Functions.Http.Errors;

/// <summary>Answered as 413 by <see cref="UnforeseenErrors"/>.</summary>
public sealed class BodyTooLargeException(long limit) : Exception($"The body is larger than the limit of {limit:N0} bytes.")
{
    public long Limit => limit;
}
