namespace Microsoft.DurableTask.Local;

/// <summary>
/// Hands on what an orchestrator decided, once that is on disk. All of it can be read back from the history and is
/// recognized when it comes twice, so that a crash in between loses and doubles nothing.
/// </summary>
internal sealed class Outbox(Engine engine)
{
    private readonly Lock _deliveries = new();

    public void Flush(Instance instance)
    {
        HandOn(instance);
        var ending = instance.Execution.Ending;
        if (ending is null)
        {
            return;
        }

        if (ending.ContinuesAsNew)
        {
            ContinueAsNew(instance, ending);
            return;
        }

        if (ending.Recursive)
        {
            TerminateChildren(instance, ending);
        }

        if (instance.Execution.Start.Parent is { } parent)
        {
            engine.Post(engine.Store.Find(parent.InstanceId), parent.ExecutionId, ending.Answer(parent.TaskId));
        }

        engine.Store.Settle(instance);
    }

    private void HandOn(Instance instance)
    {
        List<Decision> undone;
        lock (instance.Sync)
        {
            undone = [.. instance.Execution.Undone];
        }

        var done = new HashSet<int>();
        try
        {
            foreach (var decision in undone)
            {
                Do(instance, decision);
                done.Add(decision.Id);
            }
        }
        finally
        {
            lock (instance.Sync)
            {
                instance.Execution.MarkDone(done);
            }
        }
    }

    private void Do(Instance instance, Decision decision)
    {
        var execution = instance.Execution;
        switch (decision)
        {
            case ActivityScheduled activity: engine.Activities.Add(new(instance, execution.Id, activity)); break;
            case TimerCreated timer: engine.Timers.Add(new(instance, execution.Id, timer.Id), timer.FireAt); break;
            case ChildScheduled child: StartChild(instance, child); break;
            case EventSent sent: Deliver(instance, sent); break;
            default: throw new InvalidOperationException($"Nobody does {decision.Describe()}.");
        }
    }

    private static ParentLink LinkOf(Execution parent, ChildScheduled child)
        => new(parent.Start.InstanceId, parent.Start.Name, parent.Id, child.Id);

    private void StartChild(Instance parent, ChildScheduled child)
    {
        var link = LinkOf(parent.Execution, child);
        var created = engine.Store.Create(
            new()
            {
                InstanceId = child.InstanceId,
                ExecutionId = Guid.NewGuid(),
                Name = child.Name,
                Version = child.Version,
                Input = child.Input,
                Tags = child.Tags,
                Parent = link,
                CreatedAt = engine.Now,
            },
            out var existing);
        if (created is not null)
        {
            engine.Admit(created);
        }
        else if (existing!.Execution.Start.Parent != link)
        {
            engine.Post(parent, link.ExecutionId, new ChildAnswered(child.Id, null, Endings.Failed(
                "System.InvalidOperationException",
                $"An orchestration with the instance id '{child.InstanceId}' exists and has not ended; expected a free id.").Failure));
        }
    }

    /// <summary>
    /// Event and acknowledgement are recorded with the target held still, so that the target can't forget the event (by
    /// continuing as new) before its delivery is known; only deliveries hold two instances, and one at a time.
    /// </summary>
    private void Deliver(Instance sender, EventSent sent)
    {
        var source = new EventSource(sender.Execution.Id, sent.Id);
        var target = engine.Store.Find(sent.InstanceId);
        lock (_deliveries)
        {
            if (target is null)
            {
                Acknowledge(sender, sent);
                return;
            }

            lock (target.Sync)
            {
                if (!target.IsOver && !target.Execution.HasSeen(source))
                {
                    target.Record(new EventRaised(sent.Name, sent.Payload, source));
                }

                Acknowledge(sender, sent);
            }
        }

        engine.Turns.Ask(target);
    }

    private static void Acknowledge(Instance sender, EventSent sent)
    {
        lock (sender.Sync)
        {
            sender.Record(new EventDelivered(sent.Id));
        }
    }

    private void TerminateChildren(Instance instance, Ending ending)
    {
        List<ChildScheduled> children;
        lock (instance.Sync)
        {
            children = [.. instance.Execution.Open.Values.OfType<ChildScheduled>()];
        }

        foreach (var child in children)
        {
            if (engine.Store.Find(child.InstanceId) is { } live && live.Execution.Start.Parent == LinkOf(instance.Execution, child))
            {
                engine.Post(live, new TerminateAsked(ending.Output, Recursive: true));
            }
        }
    }

    /// <summary>One replacement of the log: before it the old execution is there, after it the new one.</summary>
    private void ContinueAsNew(Instance instance, Ending ending)
    {
        lock (instance.Sync)
        {
            var old = instance.Execution;
            var start = old.Start with
            {
                ExecutionId = Guid.NewGuid(),
                Input = ending.Output,
                Version = ending.NewVersion ?? old.Start.Version,
                ScheduledStart = null,
                IsContinuation = true,
                CustomStatus = old.CustomStatus,
            };
            var unread = old.Inbox.Skip(old.Consumed).Where(message => message is EventRaised or TerminateAsked or SuspendAsked or ResumeAsked);
            var running = old.Open.Values.OfType<ActivityScheduled>().Select(activity => new OldActivity(old.Id, activity));
            instance.Restart([start, .. ending.Carried, .. unread, .. old.OldActivities, .. running]);
        }

        engine.Turns.Ask(instance);
    }
}
