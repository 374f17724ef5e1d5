namespace Usage.Host.Settings;

/// <summary>The host can't start; the message is one sentence that names the remedy.</summary>
public sealed class HostException(string message) : Exception(message);
