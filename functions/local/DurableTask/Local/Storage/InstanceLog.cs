using System.Security.Cryptography;
using System.Text;

namespace Microsoft.DurableTask.Local;

/// <summary>The append-only file of one instance. Entries appended together are there together or not at all.</summary>
internal sealed class InstanceLog
{
    private readonly Disk _disk;
    private readonly string _file;

    private InstanceLog(Disk disk, string instanceId, long length)
    {
        _disk = disk;
        _file = FileOf(instanceId);
        Length = length;
    }

    public long Length { get; private set; }

    /// <summary>Ids may be longer than a file name or have characters that it can't have, so the name is a hash.</summary>
    public static string FileOf(string instanceId)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)).AsSpan(0, 16)) + ".log";

    public static InstanceLog Create(Disk disk, string instanceId, params IReadOnlyList<Entry> entries)
    {
        var log = new InstanceLog(disk, instanceId, 0);
        log.Replace(entries);
        return log;
    }

    /// <summary>As <see cref="Read"/>, and cuts off a tail that is not whole, so that appending can go on.</summary>
    public static (InstanceLog Log, Execution Execution)? Open(Disk disk, string instanceId)
    {
        var found = Read(disk, instanceId);
        if (found is var (log, _) && disk.LengthOf(log._file) > log.Length)
        {
            disk.Cut(log._file, log.Length);
        }

        return found;
    }

    /// <summary>Null when there is no such log, or no whole record in it: then its creation was never acknowledged.</summary>
    public static (InstanceLog Log, Execution Execution)? Read(Disk disk, string instanceId)
    {
        Execution? execution = null;
        var file = disk.Read(FileOf(instanceId)) ?? [];
        var length = Frames.ReadAll(file, content =>
        {
            using var reader = new EntryReader(content);
            while (content.Position < content.Length)
            {
                var entry = reader.Entry();
                execution ??= new((ExecutionStarted)entry);
                execution.Apply(entry);
            }
        });
        return execution is null ? null : (new(disk, instanceId, length), execution);
    }

    public void Append(params IReadOnlyList<Entry> entries)
    {
        var bytes = Bytes(entries);
        _disk.Append(_file, Length, bytes);
        Length += bytes.Length;
    }

    /// <summary>Begins the log anew with these entries, in one step.</summary>
    public void Replace(IReadOnlyList<Entry> entries)
    {
        var bytes = Bytes(entries);
        _disk.Replace(_file, bytes);
        Length = bytes.Length;
    }

    private static byte[] Bytes(IReadOnlyList<Entry> entries) => Frames.Frame(content =>
    {
        using var writer = new EntryWriter(content);
        foreach (var entry in entries)
        {
            writer.Entry(entry);
        }
    });
}
