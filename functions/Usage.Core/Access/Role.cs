namespace Usage.Core.Access;

/// <summary>What a caller may do; each has what the one before has, but that a dropper is apart.</summary>
public enum Role
{
    /// <summary>Files into its integrations, and their runs and test runs.</summary>
    Dropper,

    /// <summary>Reads all but raw rows, keys and audit.</summary>
    Reader,

    /// <summary>Configures, tries out, reads raw rows, cancels.</summary>
    Editor,

    /// <summary>All of it, and keys and audit.</summary>
    Admin,
}
