using System.Reflection;
using Microsoft.Extensions.Logging;
using Usage.Functions.Access;
using Usage.Functions.Http.Errors;
using Usage.Functions.Imports.Admission;
using Usage.Functions.Pulls;
using Usage.Functions.Upkeep;

namespace Usage.Functions.Tests.Telemetry;

/// <summary>Whoever follows a run, or an integration, finds its lines.</summary>
public sealed class LogLineTests
{
    /// <summary>Of lines that are about no run: there is none yet, or there are many.</summary>
    private static readonly Type[] OfNoRun =
    [
        typeof(UnforeseenErrors), typeof(PurgeRunDetails), typeof(PurgeEmptied), typeof(PurgeHistories),
        typeof(PurgeUploads),
        typeof(PullTimer), typeof(OnFileDropped),
        typeof(KnownKeys),
    ];

    public static TheoryData<string, string> Lines()
    {
        var lines = new TheoryData<string, string>();
        foreach (var type in typeof(UnforeseenErrors).Assembly.GetTypes().Except(OfNoRun))
        {
            foreach (var method in type.GetMethods(
                BindingFlags.DeclaredOnly | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
                if (method.GetCustomAttribute<LoggerMessageAttribute>() is { } line) lines.Add($"{type.Name}.{method.Name}", line.Message);
        }

        return lines;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Names_the_run_and_its_integration(string method, string message)
    {
        Assert.True(message.Contains("{Run}", StringComparison.Ordinal), $"{method} says \"{message}\" without the run");
        Assert.True(message.Contains("{Integration}", StringComparison.Ordinal), $"{method} says \"{message}\" without the integration");
    }
}
