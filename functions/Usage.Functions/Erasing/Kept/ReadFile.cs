using Usage.Core.Files;
using Usage.Core.Integrations;
using Usage.Storage.Runs;

namespace Usage.Functions.Erasing.Kept;

/// <summary>A file as the run that read it, and those that read it again, have it.</summary>
/// <param name="Root">The run whose file it is.</param>
/// <param name="Readers">The root, and its replays and fixes, as far as it is kept what they found of its rows; in that order.</param>
public sealed record ReadFile(StoredRun Root, ImportMapping Mapping, FilePlan Plan, IReadOnlyList<StoredRun> Readers);
