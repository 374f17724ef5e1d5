namespace Usage.Core;

/// <summary>What tells who wrote it last, and when. Neither is content: the same content written again changes nothing.</summary>
public interface ISigned
{
    /// <summary>A person's or a key's name, as the audit has it; null: a release wrote it that didn't keep that.</summary>
    string? By { get; }

    DateTimeOffset? At { get; }

    ISigned Signed(string? by, DateTimeOffset? at);
}
