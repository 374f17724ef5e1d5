namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>The app can't start; the message is the whole of what the user is told.</summary>
internal sealed class StartupException(string message) : Exception(message)
{
    /// <summary>Says it on standard error and ends the process with exit code 1.</summary>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public void EndProcess()
    {
        Console.Error.WriteLine(Message);
        Environment.Exit(1);
    }
}
