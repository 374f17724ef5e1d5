// host DIRECTORY [N]: tells the story to its end, prints what came of it and the number of changes on disk. With N the
// process kills itself (SIGKILL, no clean-up of any kind) right after the Nth one.
using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask.Crashing;

var last = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : int.MaxValue;
var changes = 0;

Console.WriteLine(await Telling.ToEndAsync(args[0], _ =>
{
    if (Interlocked.Increment(ref changes) == last)
    {
        Process.GetCurrentProcess().Kill();
    }
}));
Console.WriteLine(changes);
