namespace Usage.Scenarios.Attacks.Requests;

/// <summary>A request that must not get what it wants, and what is to be answered to it.</summary>
/// <param name="As">Who sends it: <c>nobody</c>, <c>dropper</c>, <c>reader</c>, <c>editor</c>, <c>admin</c>.</param>
/// <param name="Path">Below <c>/api/</c>; <c>~own~</c> and the like stand for ids of <see cref="AttackedApp"/>, in the body too.</param>
/// <param name="Error">The code of an error that is told; null: an answer that is no problem.</param>
internal sealed record Attack(string Name, string As, string Method, string Path, int Status, string? Error = null)
{
    public string? Body { get; init; }

    public string Type { get; init; } = "application/json";

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>What the answer must not hold.</summary>
    public string? Never { get; init; }
}
