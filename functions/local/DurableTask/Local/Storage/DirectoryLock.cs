namespace Microsoft.DurableTask.Local;

/// <summary>Holds a directory for one process. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="InvalidOperationException">Another process, or another runtime in this one, holds it.</exception>
    public DirectoryLock(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            _file = new(Path.Combine(directory, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The durable task directory '{directory}' is in use by another process: stop that one, or give this one a directory of its own.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
