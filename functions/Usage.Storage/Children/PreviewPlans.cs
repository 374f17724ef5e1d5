using Usage.Core.Accounts;
using Usage.Core.Ids;
using Usage.Storage.Changes;
using Usage.Storage.Runs;

namespace Usage.Storage.Children;

/// <summary>What a run of kind test is to preview: replays or a fix, or an undo.</summary>
public sealed record PreviewPlan
{
    public IReadOnlyList<ChildPlan> Children { get; init; } = [];

    /// <summary>An account that is to be made before; null: none.</summary>
    public Account? Made { get; init; }

    public UndoPlan? Undo { get; init; }
}

/// <summary>The plans of previews, kept beside their runs.</summary>
public sealed class PreviewPlans(RunBlobs blobs)
{
    private const string Name = RunBlobs.Changes + "preview.json";

    public Task AddAsync(RunId run, PreviewPlan plan, CancellationToken cancellationToken) =>
        blobs.AddJsonAsync(run, Name, plan, cancellationToken);

    public Task<PreviewPlan> GetAsync(RunId run, CancellationToken cancellationToken) =>
        blobs.LoadJsonAsync<PreviewPlan>(run, Name, cancellationToken);
}
