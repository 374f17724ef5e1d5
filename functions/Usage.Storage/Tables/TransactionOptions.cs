namespace Usage.Storage.Tables;

public sealed record TransactionOptions
{
    /// <summary>Table transactions of this process under way at the same time, at most: see <see cref="RequestWindow"/>.</summary>
    public int AtOnce { get; init; } = 32;
}
