using System.Diagnostics;

namespace Usage.Host;

/// <summary>What a host hears from the process that started it, on its standard input.</summary>
internal static class ParentWatch
{
    public static void Start(Action stop) => new Thread(() =>
    {
        if (Console.In.ReadLine() is not null) stop();
        // Once it was told to stop the parent may go; before that there is nobody left for whom to end in order.
        else Process.GetCurrentProcess().Kill();
    })
    { IsBackground = true, Name = "Listen to the parent" }.Start();
}
