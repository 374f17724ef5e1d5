namespace Usage.Testing.Machine;

/// <summary>How long a test waits for what must come. It says nothing about speed: the machine may be busy with everything else.</summary>
public static class Patience
{
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(10);
}
