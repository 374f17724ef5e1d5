using Microsoft.Extensions.Configuration;

namespace Usage.Host.Tests.App;

/// <summary>What happened, a line each, in a file that outlives the process.</summary>
public sealed class Journal(IConfiguration settings)
{
    private readonly Lock _turn = new();

    public void Add(string line)
    {
        lock (_turn) File.AppendAllText(settings["Journal"]!, line + "\n");
    }

    /// <summary>Until a test says so by making a file of this name beside the journal.</summary>
    public async Task WaitForAsync(string gate, CancellationToken cancellationToken = default)
    {
        while (!File.Exists($"{settings["Journal"]}.{gate}")) await Task.Delay(20, cancellationToken);
    }
}
