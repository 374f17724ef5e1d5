namespace Microsoft.DurableTask.Local;

/// <summary>
/// The three changes a runtime makes on disk. Each has been handed to the operating system when it returns, so that the
/// death of the process takes nothing back.
/// </summary>
internal sealed class Disk(string directory, bool flushToDisk, Action<string>? onDisk) : IDisposable
{
    private readonly ReaderWriterLockSlim _open = new();
    private bool _closed;

    public string PathOf(string file) => Path.Combine(directory, file);

    /// <summary>From now on nothing is written any more: the directory may soon be another process's.</summary>
    public void Close()
    {
        _open.EnterWriteLock();
        _closed = true;
        _open.ExitWriteLock();
    }

    public void Dispose() => _open.Dispose();

    public void Append(string file, long offset, ReadOnlySpan<byte> bytes)
    {
        using var writing = Writing();
        using (var handle = File.OpenHandle(PathOf(file), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read | FileShare.Delete))
        {
            RandomAccess.Write(handle, bytes, offset);
            Flush(handle);
        }

        onDisk?.Invoke("append");
    }

    /// <summary>The old content or the new one is there at any moment, never half of either.</summary>
    public void Replace(string file, ReadOnlySpan<byte> bytes)
    {
        using var writing = Writing();
        var path = PathOf(file);
        using (var handle = File.OpenHandle(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(handle, bytes, 0);
            Flush(handle);
        }

        onDisk?.Invoke("write beside");
        File.Move(path + ".tmp", path, overwrite: true);
        onDisk?.Invoke("replace");
    }

    /// <summary>Takes away what follows the good part: stale records must not come back to life behind new ones.</summary>
    public void Cut(string file, long length)
    {
        using var writing = Writing();
        using (var handle = File.OpenHandle(PathOf(file), FileMode.Open, FileAccess.Write))
        {
            RandomAccess.SetLength(handle, length);
            Flush(handle);
        }

        onDisk?.Invoke("cut");
    }

    public void Delete(string file)
    {
        using var writing = Writing();
        File.Delete(PathOf(file) + ".tmp");
        File.Delete(PathOf(file));
        onDisk?.Invoke("delete");
    }

    public byte[]? Read(string file)
    {
        try
        {
            return File.ReadAllBytes(PathOf(file));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public long LengthOf(string file) => new FileInfo(PathOf(file)).Length;

    private Writer Writing()
    {
        _open.EnterReadLock();
        if (_closed)
        {
            _open.ExitReadLock();
            throw new InvalidOperationException($"The durable runtime on '{directory}' has stopped.");
        }

        return new(_open);
    }

    private void Flush(Microsoft.Win32.SafeHandles.SafeFileHandle handle)
    {
        if (flushToDisk)
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    private readonly struct Writer(ReaderWriterLockSlim open) : IDisposable
    {
        public void Dispose() => open.ExitReadLock();
    }
}
