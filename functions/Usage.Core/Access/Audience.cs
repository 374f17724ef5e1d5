namespace Usage.Core.Access;

/// <summary>Whom an operation is for: at least this role.</summary>
public enum Audience
{
    /// <summary>Everybody, without a key.</summary>
    Anonymous,

    /// <summary>Whoever is signed in.</summary>
    Any,
    Reader,
    Editor,
    Admin,
}
