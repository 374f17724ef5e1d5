namespace Usage.Functions.Tests.Architecture;

/// <summary>A test is no caller: what only tests use is dead, and goes.</summary>
public sealed class DeadCodeTests
{
    /// <summary>What an answer holds is sent, and tests of functions read it without sending it.</summary>
    private static readonly string[] Allowed =
    [
        "Usage.Functions.Http.JsonAnswer`1.Status", "Usage.Functions.Http.JsonAnswer`1.Value",
        "Usage.Functions.Http.Errors.ProblemAnswer.Errors", "Usage.Functions.Http.Errors.ProblemAnswer.Status",
    ];

    [Fact]
    public void The_product_uses_all_of_its_code() => Assert.Empty(Reached.Never().Except(Allowed));
}
