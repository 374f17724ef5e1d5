using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Usage.Core.Runs;
using Usage.Functions.Imports.Ending;
using Usage.Functions.Pulls;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Infra;

/// <summary>The alert of failed runs finds them by what the app logs: the words must stay the same on both sides.</summary>
public sealed class AlertTests
{
    private static readonly Regex Query = Read();

    [Theory]
    [InlineData(typeof(RunEnd), "LogEnded", "Failed", RunKind.Import, true)]
    [InlineData(typeof(RunEnd), "LogEnded", "Failed", RunKind.Test, false)]
    [InlineData(typeof(RunEnd), "LogEnded", "PartiallySucceeded", RunKind.Import, false)]
    [InlineData(typeof(RecordPull), "Log", "Failed", RunKind.Import, true)]
    [InlineData(typeof(RecordPull), "Log", "Unchanged", RunKind.Import, false)]
    public void The_alert_finds_what_failed_and_was_meant(Type logger, string method, string status, RunKind kind, bool expected)
    {
        var template = logger.GetMethod(
            method, BindingFlags.Instance | BindingFlags.NonPublic)!.GetCustomAttribute<LoggerMessageAttribute>()!.Message;
        Assert.Contains("{Status}", template, StringComparison.Ordinal);

        var message = Regex.Replace(
            template.Replace("{Status}", status, StringComparison.Ordinal).Replace("{Kind}", kind.ToString(), StringComparison.Ordinal),
            "{[A-Za-z]+}", "20261122T101530-0123456789ab");

        Assert.Equal(expected, Query.IsMatch(message));
    }

    private static Regex Read()
    {
        var bicep = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "infra", "modules", "alerts.bicep"));
        var query = Regex.Match(bicep, "matches regex @\"(.+)\"'").Groups[1].Value;
        return new Regex(query.Replace(@"\\", @"\", StringComparison.Ordinal));
    }
}
