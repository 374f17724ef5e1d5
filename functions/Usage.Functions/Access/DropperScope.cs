using Microsoft.AspNetCore.Http;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Storage.Runs;

namespace Usage.Functions.Access;

/// <summary>Whether what a dropper asks about belongs to one of its integrations.</summary>
public sealed class DropperScope(RunStore runs)
{
    public async Task<bool> IsWithinAsync(Caller caller, HttpRequest request, CancellationToken cancellationToken)
    {
        if (caller.Integrations is null) return true;
        if (Value(request, "run") is { } run)
        {
            // What isn't there is nobody's: the function says so.
            if (!RunId.TryParse(run, out var id) || await runs.FindAsync(id, cancellationToken) is not { } found) return true;
            return found.Run.Integration is { } integration && caller.MayUse(integration);
        }

        var named = Value(request, "integration") ?? request.Query["integration"].ToString();
        return IntegrationId.TryParse(named, out var asked) && caller.MayUse(asked);
    }

    private static string? Value(HttpRequest request, string name) => request.RouteValues.GetValueOrDefault(name) as string;
}
