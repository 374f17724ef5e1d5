using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Local;

/// <summary>
/// Runs an orchestrator's code from its start: first through the turns of its history, each compared with what was
/// recorded, then through the messages that came since. The answer is the next turn.
/// </summary>
internal sealed class Replayer
{
    private readonly ExecutionStarted _start;
    private readonly Func<TaskOrchestrationContext, Task<object?>> _code;
    private readonly DataConverter _converter;
    private readonly OrchestratorThread _thread;
    private readonly OrchestrationContext _context;
    private readonly Queue<Message> _whileSuspended = new();
    private Task<object?>? _run;
    private TerminateAsked? _terminated;
    private bool _suspended;

    public Replayer(
        ExecutionStarted start,
        Func<TaskOrchestrationContext, Task<object?>> code,
        DataConverter converter,
        ILoggerFactory loggers,
        Action foreignTask)
    {
        _start = start;
        _code = code;
        _converter = converter;
        _thread = new(foreignTask);
        _context = new(start, _thread, converter, loggers);
    }

    private bool IsOver => _terminated is not null || _run is { IsCompleted: true };

    public Turn NextTurn(IReadOnlyList<Turn> turns, IReadOnlyList<Message> inbox, DateTime now)
    {
        Turn? next = null;
        _thread.Run(() => next = Replay(turns, inbox, now));
        return next!;
    }

    private Turn Replay(IReadOnlyList<Turn> turns, IReadOnlyList<Message> inbox, DateTime now)
    {
        var taken = 0;
        for (var step = 0; step < turns.Count; step++)
        {
            _context.BeginTurn(turns[step].Time, isReplaying: true);
            for (; taken < turns[step].Consumed; taken++)
            {
                Take(inbox[taken]);
            }

            var difference = NonDeterminism.Difference(step, turns[step].Decisions, _context.Decisions)
                ?? (IsOver ? $"in step {step + 1} its history goes on, found that the code now ends." : null);
            if (difference is not null)
            {
                return new() { Time = now, Consumed = inbox.Count, Ending = NonDeterminism.Fail(_start, difference) };
            }
        }

        _context.BeginTurn(now, isReplaying: false);
        if (turns.Count == 0)
        {
            // An end that was asked for before the first step comes before it.
            _terminated = inbox.OfType<TerminateAsked>().FirstOrDefault();
        }

        while (taken < inbox.Count && !IsOver)
        {
            Take(inbox[taken++]);
        }

        return new()
        {
            Time = now,
            Consumed = taken,
            Decisions = _context.Decisions,
            CancelledTimers = _context.CancelledTimers,
            CustomStatus = _context.NewCustomStatus,
            Ending = End(),
        };
    }

    private void Take(Message message)
    {
        if (_suspended && message is not (ResumeAsked or TerminateAsked))
        {
            _whileSuspended.Enqueue(message);
            return;
        }

        switch (message)
        {
            case ExecutionStarted: _run = Start(); break;
            case Answer answer: _context.Take(answer); break;
            case EventRaised raised: _context.Take(raised); break;
            case TerminateAsked asked: _terminated = asked; break;
            case SuspendAsked: _suspended = true; break;
            case ResumeAsked: Resume(); break;
            default: throw new InvalidOperationException($"{message.GetType().Name} means nothing to an orchestrator.");
        }

        _thread.RunReady();
    }

    private void Resume()
    {
        _suspended = false;
        while (!_suspended && !IsOver && _whileSuspended.TryDequeue(out var held))
        {
            Take(held);
        }
    }

    private Task<object?> Start()
    {
        try
        {
            return _code(_context);
        }
        catch (Exception exception)
        {
            // Code that is not async throws at once; to its instance that is the same failure.
            return Task.FromException<object?>(exception);
        }
    }

    private Ending? End()
    {
        if (_terminated is not null)
        {
            return Endings.Terminated(_terminated);
        }

        if (_run is not { IsCompleted: true })
        {
            return _suspended || _run is null || _context.CanGoOn ? null : NonDeterminism.Fail(_start, NonDeterminism.ForeignTask);
        }

        try
        {
            var output = _run.GetAwaiter().GetResult();
            return _context.Continuation is { } continuation
                ? Continue(continuation)
                : new(OrchestrationRuntimeStatus.Completed, _converter.Serialize(output));
        }
        catch (Exception exception)
        {
            return Endings.Failed(exception);
        }
    }

    private Ending Continue(ContinueAsNewOptions options)
        => new(OrchestrationRuntimeStatus.Running, _converter.Serialize(options.NewInput))
        {
            ContinuesAsNew = true,
            NewVersion = string.IsNullOrWhiteSpace(options.NewVersion) ? null : options.NewVersion,
            Carried = options.PreserveUnprocessedEvents ? [.. _context.KeptEvents] : [],
        };
}
