namespace Usage.Testing.Machine;

/// <summary>
/// What tests start lives for seconds: a runtime that compiles everything a second time, optimized, costs more than it gives (start and
/// demonstration of the command: 19 s of processor time against 10 to 13). What is measured is started without this.
/// </summary>
public static class ShortLives
{
    public const string Setting = "DOTNET_TC_CallCounting";

    public const string Value = "0";
}
