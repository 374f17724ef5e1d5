using Microsoft.DurableTask.Client;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Which instances there are, so that a start reads the logs only of those that have not ended. "Active" is written before
/// an instance's log is made and "ended" after its last entry: whatever the moment of a crash, an instance that may not
/// have ended is looked at. Not thread-safe.
/// </summary>
internal sealed class InstanceIndex
{
    private const string File = "index";
    private const int SmallEnough = 4096;

    private readonly Disk _disk;
    private readonly HashSet<string> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IndexEntry> _ended = new(StringComparer.Ordinal);
    private long _length;
    private int _records;

    private enum Kind : byte
    {
        Active = 1,
        Ended = 2,
        Gone = 3,
    }

    public InstanceIndex(Disk disk)
    {
        _disk = disk;
        var file = disk.Read(File) ?? [];
        _length = Frames.ReadAll(file, Read);
        if (_length < file.Length || _records > _active.Count + _ended.Count)
        {
            Compact();
        }
    }

    public IReadOnlyCollection<string> Active => _active;

    public IReadOnlyDictionary<string, IndexEntry> Ended => _ended;

    /// <summary>Purged ids whose logs a crash may have left behind.</summary>
    public HashSet<string> Gone { get; } = new(StringComparer.Ordinal);

    public void MarkActive(string id) => Change(Kind.Active, id, null);

    public void MarkEnded(IndexEntry entry) => Change(Kind.Ended, entry.InstanceId, entry);

    public void MarkGone(string id) => Change(Kind.Gone, id, null);

    private void Change(Kind kind, string id, IndexEntry? entry)
    {
        var bytes = Frames.Frame(content => Write(content, kind, id, entry));
        _disk.Append(File, _length, bytes);
        _length += bytes.Length;
        _records++;
        Take(kind, id, entry);
        if (_records > SmallEnough && _records > 4 * (_active.Count + _ended.Count))
        {
            Compact();
        }
    }

    private void Take(Kind kind, string id, IndexEntry? entry)
    {
        _active.Remove(id);
        _ended.Remove(id);
        Gone.Remove(id);
        switch (kind)
        {
            case Kind.Active: _active.Add(id); break;
            case Kind.Ended: _ended.Add(id, entry!); break;
            default: Gone.Add(id); break;
        }
    }

    private void Compact()
    {
        using var all = new MemoryStream();
        foreach (var id in _active)
        {
            all.Write(Frames.Frame(content => Write(content, Kind.Active, id, null)));
        }

        foreach (var entry in _ended.Values)
        {
            all.Write(Frames.Frame(content => Write(content, Kind.Ended, entry.InstanceId, entry)));
        }

        foreach (var id in Gone)
        {
            _disk.Delete(InstanceLog.FileOf(id));
        }

        Gone.Clear();
        _disk.Replace(File, all.ToArray());
        _length = all.Length;
        _records = _active.Count + _ended.Count;
    }

    private static void Write(MemoryStream content, Kind kind, string id, IndexEntry? entry)
    {
        using var writer = new EntryWriter(content);
        writer.Write((byte)kind);
        writer.Text(id);
        if (entry is not null)
        {
            writer.Text(entry.Name);
            writer.Write((byte)entry.Status);
            writer.Time(entry.CreatedAt);
            writer.Time(entry.LastUpdatedAt);
            writer.Tags(entry.Tags);
        }
    }

    private void Read(MemoryStream content)
    {
        using var reader = new EntryReader(content);
        _records++;
        var kind = (Kind)reader.ReadByte();
        var id = reader.RequiredText();
        Take(kind, id, kind != Kind.Ended ? null : new()
        {
            InstanceId = id,
            Name = reader.RequiredText(),
            Status = (OrchestrationRuntimeStatus)reader.ReadByte(),
            CreatedAt = reader.Time(),
            LastUpdatedAt = reader.Time(),
            Tags = reader.Tags(),
        });
    }
}
