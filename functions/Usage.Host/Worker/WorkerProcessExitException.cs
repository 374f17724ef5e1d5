namespace Usage.Host.Worker;

/// <summary>
/// The worker ended while it ran a function. The durable extension knows this type by its name: an orchestrator or entity is then tried
/// again, an activity fails.
/// </summary>
public sealed class WorkerProcessExitException() : Exception("The worker process ended while it ran the function.");
