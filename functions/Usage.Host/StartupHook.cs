using System.Diagnostics;
using System.Runtime.InteropServices;

/// <summary>
/// The .NET runtime calls this in the worker before the app's own code (DOTNET_STARTUP_HOOKS; name and place are the runtime's). A worker
/// never outlives its host, not even one that was killed: it must not write beside the worker of the next host. And Ctrl-C in a terminal,
/// which reaches every process of the group, is for the host alone, which lets work end before it ends the worker.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (!OperatingSystem.IsWindows()) _ = SetProcessGroup(0, 0);
        new Thread(EndWithHost) { IsBackground = true, Name = "End with the host" }.Start();
    }

    private static void EndWithHost()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[64];
        while (input.Read(ignored) > 0)
        {
            // The host writes nothing; it holds the other end.
        }

        Process.GetCurrentProcess().Kill();
    }

    [DllImport("libc", EntryPoint = "setpgid")]
    private static extern int SetProcessGroup(int process, int group);
}
