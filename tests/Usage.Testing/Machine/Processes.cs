using System.Diagnostics;

namespace Usage.Testing.Machine;

/// <summary>Other processes of this machine, by their ids. Linux only.</summary>
public static class Processes
{
    /// <summary>Whether it is there; one that ended and waits to be asked for its exit code is not.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: nothing is closed, nothing is saved.</summary>
    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <param name="signal">Its name, as in <c>TERM</c>.</param>
    /// <param name="id">Of a process; the negative one of its leader for each process of a group.</param>
    public static async Task SignalAsync(string signal, int id)
    {
        using var kill = Process.Start("kill", [$"-{signal}", "--", $"{id}"]);
        await kill.WaitForExitAsync();
    }
}
