using System.Net.Http.Json;
using System.Text.Json;

namespace Usage.Local.Host;

/// <summary>What the local host answers of itself; a stranger on its port doesn't.</summary>
/// <param name="App">The name of the app that it runs.</param>
/// <param name="Mark">That it was started with.</param>
internal sealed record HostStatus(string? App, string? Mark)
{
    public const string Usage = "Usage.Functions";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null: nobody answers, or somebody else.</returns>
    public static async Task<HostStatus?> FindAsync(Uri host, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = host, Timeout = Patience };
        try
        {
            return await http.GetFromJsonAsync<HostStatus>("admin/host/status", cancellationToken);
        }
        catch (Exception stranger) when (stranger is HttpRequestException or JsonException or InvalidOperationException
            || (stranger is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
