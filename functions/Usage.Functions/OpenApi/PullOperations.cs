using Usage.Core.Outbound;
using Usage.Functions.Pulls;

namespace Usage.Functions.OpenApi;

internal static class PullOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Post("integrations/{integration}/pull", "PullIntegration", "Pulls the integration's source now.")
            .Answers<PullFunctions.Accepted>("PullAccepted", 202, "It is being pulled.").Problem(409),
        Operation.Get("integrations/{integration}/pull", "GetPull", "How the last pull went.").Answers<PullState>("Pull"),
    ];
}
