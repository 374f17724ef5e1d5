namespace Usage.Host.Durable;

/// <summary>How soon the work of a host that was killed is taken up.</summary>
/// <param name="WorkerId">
/// Who owns a partition of the hub: never the same for two living hosts; the same again after a restart, which then goes on with its own
/// partitions at once instead of waiting for their leases to run out.
/// </param>
internal sealed record Recovery(string WorkerId)
{
    /// <summary>
    /// How long a message stays with a host that doesn't renew it. The engine renews every 5 s, so less than 15 s is not safe.
    /// </summary>
    public TimeSpan Visibility { get; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a partition stays with a host that doesn't renew it: more than <see cref="Renewal"/> and <see cref="Patience"/> together.
    /// </summary>
    public TimeSpan Lease { get; } = TimeSpan.FromSeconds(20);

    /// <summary>How often leases are renewed, and looked through for those that have run out.</summary>
    public TimeSpan Renewal { get; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long one round over the leases may take. With the default of 2 s a busy emulator keeps hosts from renewing at all.
    /// </summary>
    public TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);
}
