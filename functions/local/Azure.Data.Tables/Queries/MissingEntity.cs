namespace Azure.Data.Tables.Queries;

/// <summary>The answer when an entity that was asked for isn't there.</summary>
internal sealed class MissingEntity<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("No value is present: the entity doesn't exist. Look at HasValue first.");

    public override Response GetRawResponse() => response;
}
