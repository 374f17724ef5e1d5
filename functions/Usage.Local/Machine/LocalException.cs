namespace Usage.Local.Machine;

/// <summary>Something on this machine is not as it must be; the message is one sentence that names the remedy.</summary>
public sealed class LocalException(string message) : Exception(message);
