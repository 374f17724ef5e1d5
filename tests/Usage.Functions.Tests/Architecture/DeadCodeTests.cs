namespace Usage.Functions.Tests.Architecture;

/// <summary>A test is no caller: what only tests use is dead, and goes.</summary>
public sealed class DeadCodeTests
{
    /// <summary>
    /// Tests read what an answer holds, which the product only sends; and they find, kill and leave processes, which the product starts
    /// and stops.
    /// </summary>
    private static readonly string[] Allowed =
    [
        "Usage.Functions.Http.JsonAnswer`1.Status", "Usage.Functions.Http.JsonAnswer`1.Value",
        "Usage.Functions.Http.Errors.ProblemAnswer.Errors", "Usage.Functions.Http.Errors.ProblemAnswer.Status",
        "Usage.Local.Azurite.AzuriteProcess.Abandon", "Usage.Local.Azurite.AzuriteProcess.ProcessId",
        "Usage.Local.Host.HostProcess.KillAsync", "Usage.Local.Host.HostProcess.ProcessId",
    ];

    [Fact]
    public void The_product_uses_all_of_its_code() => Assert.Empty(Reached.Never().Except(Allowed));
}
