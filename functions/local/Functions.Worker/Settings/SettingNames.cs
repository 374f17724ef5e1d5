using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary><c>%Name%</c> in a trigger's text stands for the app setting of that name.</summary>
internal static partial class SettingNames
{
    /// <exception cref="StartupException">There is no such setting.</exception>
    public static string Resolve(string text, IConfiguration configuration, string function) =>
        Name().Replace(text, match => configuration[match.Groups[1].Value] is { Length: > 0 } value
            ? value
            : throw new StartupException($"Function '{function}': the trigger has {match.Value}, and there is no setting {match.Groups[1].Value}."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Name();
}
