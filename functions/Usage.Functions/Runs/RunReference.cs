using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Functions.Runs;

/// <summary>What is answered where a run starts or is asked to end.</summary>
public sealed record RunReference(RunId RunId, RunStatus Status);
