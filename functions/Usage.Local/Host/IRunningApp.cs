using Usage.Local.Machine;

namespace Usage.Local.Host;

/// <summary>The app's processes, up until they are disposed of.</summary>
public interface IRunningApp : IAsyncDisposable
{
    /// <summary>Where it takes requests.</summary>
    Uri Url { get; }

    /// <summary>Goes on as long as the app does.</summary>
    /// <exception cref="LocalException">It ended by itself, and isn't started again.</exception>
    Task FailAtEndAsync(CancellationToken cancellationToken);
}
