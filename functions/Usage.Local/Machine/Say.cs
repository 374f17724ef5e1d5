using System.Globalization;
using System.Runtime.CompilerServices;
using Spectre.Console;
using Usage.Core;

namespace Usage.Local.Machine;

/// <summary>One line for the person at the console; markup in the text, never in what is filled in.</summary>
internal static class Say
{
    /// <summary>Call once, before anything is said.</summary>
    public static void AdaptToTerminal()
    {
        // Without a terminal there is nothing to wrap at, and nobody who sees colours.
        if (!Console.IsOutputRedirected) return;
        AnsiConsole.Profile.Width = 240;
        AnsiConsole.Profile.Capabilities.Ansi = false;
        AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
    }

    public static void Line(FormattableString text) => AnsiConsole.MarkupLineInterpolated(
        CultureInfo.InvariantCulture,
        FormattableStringFactory.Create(
            text.Format, [.. text.GetArguments().Select(argument => argument is string name ? CellText.Line(name) : argument)]));

    public static void Quietly(string text) => Line($"[grey]{text}[/]");
}
