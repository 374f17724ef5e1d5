using System.Globalization;
using Spectre.Console;

namespace Usage.Local;

/// <summary>One line for the person at the console; markup in the text, never in what is filled in.</summary>
internal static class Say
{
    static Say()
    {
        // Without a terminal there is nothing to wrap at.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 240;
    }

    public static void Line(FormattableString text) => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, text);

    public static void Quietly(string text) => Line($"[grey]{text}[/]");
}
