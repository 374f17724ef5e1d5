using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Functions.Erasing;

/// <summary>What is answered where an account is to be erased.</summary>
/// <param name="Stays">Once the run has ended its record names the files too.</param>
public sealed record EraseReference(RunId RunId, RunStatus Status, IReadOnlyList<RunRemainder> Stays)
{
    public static EraseReference Of(Run run) => new(run.Id, run.Status, run.Stays ?? []);
}
