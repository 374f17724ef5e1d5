using Usage.Core.Runs;
using Usage.Functions.Http;

namespace Usage.Functions.Runs;

/// <summary>Runs as a caller may see them.</summary>
internal static class ShownRuns
{
    public static Run Shown(this ApiRequest ask, Run run) => ask.Caller.SeesRawRows ? run : run.WithoutRawRows();
}
