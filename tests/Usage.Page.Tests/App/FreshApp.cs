namespace Usage.Page.Tests.App;

/// <summary>A new installation on somebody's own machine: nothing is set up, and nobody needs a key.</summary>
public sealed class FreshApp : PageApp
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();
}
