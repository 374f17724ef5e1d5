using System.Runtime.CompilerServices;

namespace Azure.Data.Tables.Tests;

/// <summary>Limits of Azure that the emulator doesn't have. The stand-in keeps them; the package leaves them to the service.</summary>
internal static class ServiceLimit
{
    public const string Why = "The package leaves this limit to the service, and the emulator doesn't have it.";

    // Only the package is signed.
    public static bool IsLeftToTheService { get; } = typeof(TableClient).Assembly.GetName().GetPublicKeyToken() is { Length: > 0 };
}

internal sealed class ServiceLimitFactAttribute : FactAttribute
{
    public ServiceLimitFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) =>
        (Skip, SkipType, SkipWhen) = (ServiceLimit.Why, typeof(ServiceLimit), nameof(ServiceLimit.IsLeftToTheService));
}

internal sealed class ServiceLimitTheoryAttribute : TheoryAttribute
{
    public ServiceLimitTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) =>
        (Skip, SkipType, SkipWhen) = (ServiceLimit.Why, typeof(ServiceLimit), nameof(ServiceLimit.IsLeftToTheService));
}
