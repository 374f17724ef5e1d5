using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Issues;
using Usage.Core.Problems;
using Usage.Core.Runs;

namespace Usage.Functions.Imports.Admission;

/// <summary>Why a file isn't read at all.</summary>
internal static class AdmissionErrors
{
    public static RunError UnknownIntegration(Drop drop) => new(IssueCode.UnknownIntegration, drop.Folder.Length == 0
        ? $"found the file \"{drop.Path}\" outside of any folder, expected it in the folder of an integration: "
            + "imports/{integration}/{file}."
        : $"found the folder \"{drop.Folder}\", expected the id of an integration. Make it with PUT /api/integrations/{drop.Folder}, "
            + "or drop the file into the folder of one that is there.");

    public static RunError Changed(IntegrationId integration) => new(IssueCode.IntegrationNotReady,
        $"The integration {integration}, or a product that it maps, was deleted or changed in the moment in which the file came. "
            + "Look at them, then drop the file again.");

    public static RunError NotReady(Integration integration, IReadOnlyList<Problem> problems) => new(IssueCode.IntegrationNotReady,
        $"The integration {integration.Id} can't be used as it is: {string.Join("; ", problems.Select(problem => problem.Message))}. "
            + $"Mend it with PUT /api/integrations/{integration.Id}, then drop the file again.");
}
