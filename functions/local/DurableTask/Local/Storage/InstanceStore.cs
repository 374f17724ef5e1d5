using System.Collections.Concurrent;

namespace Microsoft.DurableTask.Local;

/// <summary>All instances: those with something left to do in memory, the others as a line of the index.</summary>
internal sealed class InstanceStore : IDisposable
{
    private readonly ConcurrentDictionary<string, Instance> _live = new(StringComparer.Ordinal);
    private readonly Lock _sync = new();
    private readonly DirectoryLock _owner;
    private readonly Disk _disk;
    private readonly InstanceIndex _index;

    /// <exception cref="InvalidOperationException">The directory is in use by another process.</exception>
    public InstanceStore(DurableRuntimeOptions options)
    {
        _owner = new(options.Directory);
        _disk = new(options.Directory, options.FlushToDisk, options.OnDisk);
        _index = new(_disk);
        foreach (var id in _index.Active.ToList())
        {
            if (InstanceLog.Open(_disk, id) is var (log, execution))
            {
                _live[id] = new(id, log, execution);
                _live[id].Announce();
            }
            else
            {
                Forget(id);
            }
        }
    }

    public ICollection<Instance> Live => _live.Values;

    public Instance? Find(string id) => _live.GetValueOrDefault(id);

    /// <summary>Starts an instance, in place of one that has ended. Null when one of this id has not ended: it is <paramref name="existing"/>.</summary>
    public Instance? Create(ExecutionStarted start, out Instance? existing)
    {
        lock (_sync)
        {
            existing = Find(start.InstanceId);
            if (existing is not null)
            {
                lock (existing.Sync)
                {
                    if (!existing.IsOver || (start.Parent is not null && existing.Execution.Start.Parent == start.Parent))
                    {
                        return null;
                    }

                    existing.Replaced = true;
                }
            }

            _index.MarkActive(start.InstanceId);
            var execution = new Execution(start);
            execution.Apply(start);
            var created = new Instance(start.InstanceId, InstanceLog.Create(_disk, start.InstanceId, start), execution);
            _live[start.InstanceId] = created;
            return created;
        }
    }

    /// <summary>Lets an instance leave the memory if it has ended and nothing of it is left to do.</summary>
    public void Settle(Instance instance)
    {
        lock (_sync)
        {
            lock (instance.Sync)
            {
                if (!instance.Replaced && instance.Execution.IsSettled && Find(instance.Id) == instance)
                {
                    _index.MarkEnded(IndexEntry.Of(instance.Execution));
                    _live.TryRemove(instance.Id, out _);
                }
            }
        }
    }

    public IndexEntry? Entry(string id)
    {
        lock (_sync)
        {
            return Find(id) is { } live ? EntryOf(live) : _index.Ended.GetValueOrDefault(id);
        }
    }

    public List<IndexEntry> Entries()
    {
        lock (_sync)
        {
            return [.. _live.Values.Select(EntryOf), .. _index.Ended.Values];
        }
    }

    /// <summary>The history of an instance that has left the memory.</summary>
    public (long Bytes, Execution Execution)? Load(string id)
        => InstanceLog.Read(_disk, id) is var (log, execution) ? (log.Length, execution) : null;

    /// <summary>False when it has not ended, has something left to do, or never was.</summary>
    public bool Purge(string id)
    {
        lock (_sync)
        {
            if (Find(id) is not null || !_index.Ended.ContainsKey(id))
            {
                return false;
            }

            Forget(id);
            return true;
        }
    }

    public void Dispose()
    {
        _disk.Close();
        _owner.Dispose();
    }

    private static IndexEntry EntryOf(Instance live)
    {
        lock (live.Sync)
        {
            return IndexEntry.Of(live.Execution);
        }
    }

    private void Forget(string id)
    {
        _index.MarkGone(id);
        _disk.Delete(InstanceLog.FileOf(id));
        _index.Gone.Remove(id);
    }
}
