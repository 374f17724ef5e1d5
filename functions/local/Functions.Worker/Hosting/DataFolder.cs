using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>The data folder serves one process at a time: two would write the same histories.</summary>
internal static class DataFolder
{
    /// <summary>Held until the process ends, however it ends.</summary>
    public static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data folder {folder} can't be used: {e.Message.TrimEnd('.')}. If another app runs on it, stop that, or set FUNCTIONS_LOCAL_DATA.");
        }
    }
}
