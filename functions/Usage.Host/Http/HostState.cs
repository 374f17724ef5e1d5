namespace Usage.Host.Http;

/// <summary>Whether the host takes work.</summary>
internal sealed class HostState
{
    private volatile bool _running;

    public bool IsRunning
    {
        get => _running;
        set => _running = value;
    }
}
