using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Requests that come between listening and the start of the triggers wait for the latter.</summary>
internal sealed class ReadyGate
{
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => open.TrySetResult();

    public async Task HoldAsync(HttpContext http, RequestDelegate next)
    {
        if (!open.Task.IsCompleted) await open.Task.WaitAsync(http.RequestAborted);
        await next(http);
    }
}
