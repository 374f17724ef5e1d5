using Usage.Core.Runs;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Imports.Steps;

/// <summary>Brings the report points of the written dates up to date.</summary>
public sealed class PointsStep(ReportPoints points)
{
    public async Task RunAsync(RunId id, RunFacts facts, CancellationToken cancel)
    {
        foreach (var product in facts.Points.ByProduct())
            await points.RefreshAsync(product.Key, id, product.ToDictionary(date => date.Date, date => date.Stats), cancel);
    }
}
