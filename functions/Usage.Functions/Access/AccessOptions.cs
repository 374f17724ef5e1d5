using System.ComponentModel.DataAnnotations;

namespace Usage.Functions.Access;

/// <summary>The app settings <c>Usage__Access__…</c>: who may come in, and how often.</summary>
public sealed class AccessOptions
{
    public const string Section = "Usage:Access";

    /// <summary>The value of <see cref="SignIn"/> for Entra ID.</summary>
    public const string Entra = "entra";

    /// <summary>
    /// A first admin's key; a Key Vault reference in Azure, which is refused while it isn't resolved: everybody could guess it. Null: keys
    /// are only those that admins made.
    /// </summary>
    [RegularExpression(
        @"(?!@Microsoft\.KeyVault)[\s\S]{32,}",
        ErrorMessage = "Usage__Access__AdminKey: expected at least 32 characters that nobody can guess, or a Key Vault reference whose "
            + "secret is there.")]
    public string? AdminKey { get; set => field = string.IsNullOrEmpty(value) ? null : value; }

    /// <summary>Whether a request without a key is the local admin's: on one machine only, where nobody else can ask. Default no.</summary>
    public bool Local { get; set; }

    /// <summary><c>entra</c>: people sign in by App Service's sign-in with Entra ID. Default: they don't.</summary>
    [RegularExpression(Entra, ErrorMessage = "Usage__Access__SignIn: expected entra, or nothing.")]
    public string? SignIn { get; set; }

    /// <summary>Whether a key may also come as <c>?code=</c>, where it may end in logs of others. Default no.</summary>
    public bool KeyInQuery { get; set; }

    /// <summary>Requests of a caller in a minute, of one process; the local admin is not counted. Default 6,000.</summary>
    [Range(1, 1_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>Wrong keys from one address in a minute, of one process; then all its requests wait. Default 20.</summary>
    [Range(1, 10_000)]
    public int WrongKeysPerMinute { get; set; } = 20;

    /// <summary>Runs of one integration that haven't ended; an upload, a fix, a file again or what
    /// would replay rows is refused past them, a drop waits. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int QueuedRunsPerIntegration { get; set; } = 1_000;

    /// <summary>Files that one process looks at for suggestions at the same time. Default 8.</summary>
    [Range(1, 1_000)]
    public int SuggestsAtOnce { get; set; } = 8;

    /// <summary>Uploads that are kept for one caller; past them one has to be deleted first. Default 50.</summary>
    [Range(1, 10_000)]
    public int UploadsPerCaller { get; set; } = 50;

    /// <summary>Blocks of uploads, of up to 8 MiB each, that one process holds at the same time. Default 8.</summary>
    [Range(1, 1_000)]
    public int BlocksAtOnce { get; set; } = 8;

    /// <summary>Test runs that haven't ended. Default 100.</summary>
    [Range(1, 100_000)]
    public int TestRunsAtOnce { get; set; } = 100;
}
