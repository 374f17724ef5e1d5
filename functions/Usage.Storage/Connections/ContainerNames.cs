namespace Usage.Storage.Connections;

/// <summary>Every blob container of the app.</summary>
public static class ContainerNames
{
    /// <summary>Where files are dropped: <c>{integration}/{path}</c>.</summary>
    public const string Imports = "imports";

    /// <summary>What a run leaves behind, and its intermediates until it ends: <c>{run}/…</c>.</summary>
    public const string Runs = "usage-runs";

    /// <summary>The roster that account matching reads.</summary>
    public const string Accounts = "usage-accounts";

    public static IReadOnlyList<string> All { get; } = [Imports, Runs, Accounts];
}
