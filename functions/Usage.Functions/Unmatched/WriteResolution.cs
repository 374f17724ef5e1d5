using Microsoft.Azure.Functions.Worker;
using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Functions.Accounts;
using Usage.Functions.Http.Errors;
using Usage.Storage.Accounts;
using Usage.Storage.Unmatched;

namespace Usage.Functions.Unmatched;

/// <summary>
/// Makes the account, writes what the identifier is, and only then looks for runs that wait: a run that ends later looks itself.
/// </summary>
public sealed class WriteResolution(AccountStore accounts, ResolutionStore resolutions, WaitingRuns waiting)
{
    public sealed record Input(Resolution Resolution, Account? Create);

    /// <param name="Runs">With rows that the resolution releases.</param>
    public sealed record Output(IReadOnlyList<RunId> Runs, IReadOnlyList<ApiError> Refusals);

    [Function(nameof(WriteResolution))]
    public async Task<Output> RunAsync([ActivityTrigger] Input input, CancellationToken cancellationToken)
    {
        var resolution = input.Resolution;
        if (input.Create is { } create && await RefusalsAsync(create, cancellationToken) is { Count: > 0 } refusals)
            return new Output([], refusals);
        await resolutions.PutAsync(resolution, cancellationToken);
        if (resolution.Account is not { } account) return new Output([], []);
        // A delete of the account either sees the resolution, or fails for this touch, or has been faster.
        if (!await accounts.TouchAsync(account, cancellationToken))
        {
            await resolutions.TryDeleteAsync(resolution, cancellationToken);
            return new Output([], [new ApiError(ApiErrorCode.Changed, "account", $"account \"{account}\" was deleted meanwhile")]);
        }

        var runs = await waiting.OfKeyAsync(resolution.Integration, resolution.By, resolution.Key, cancellationToken);
        return new Output([.. runs.Select(one => one.Run)], []);
    }

    private async Task<IReadOnlyList<ApiError>> RefusalsAsync(Account create, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await accounts.GetAsync(create.Id, cancellationToken) is { } there)
            {
                // An attempt before this one may have made it.
                return there.Account.By == create.By && there.Account.At == create.At
                    ? []
                    : [new ApiError(AccountConflict.Code, "create.id", $"account \"{create.Id}\" was made by somebody else meanwhile")];
            }

            var write = await accounts.WriteAsync(create, null, cancellationToken);
            if (write.Written) return [];
            if (write.Conflicts.Count > 0)
                return [.. write.Conflicts.Select(conflict => ResolutionCheck.Within(AccountConflict.Of(conflict, create)))];
        }
    }
}
