using Microsoft.Extensions.Configuration;

namespace Functions.Worker.Tests.App;

/// <summary>What happened, a line each, in a file that outlives the process.</summary>
public sealed class Journal(IConfiguration configuration)
{
    private readonly Lock turn = new();

    public void Add(string line)
    {
        lock (turn) File.AppendAllText(configuration["Journal"]!, line + "\n");
    }
}

public sealed class PerInvocation
{
    public Guid Id { get; } = Guid.NewGuid();
}
