using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Usage.Functions.Exports.Pulls;
using Usage.Functions.Imports.Steps;
using Usage.Local;

namespace Usage.Functions.Tests.Infra;

/// <summary>The alert of failed runs finds them by what the app logs: the words must stay the same on both sides.</summary>
public sealed class AlertTests
{
    private static readonly Regex Query = Read();

    [Theory]
    [InlineData(typeof(EndStep), "LogEnded", "Failed", true)]
    [InlineData(typeof(EndStep), "LogEnded", "PartiallySucceeded", false)]
    [InlineData(typeof(RecordPull), "Log", "Failed", true)]
    [InlineData(typeof(RecordPull), "Log", "Unchanged", false)]
    public void The_alert_finds_what_failed(Type logger, string method, string status, bool expected)
    {
        var template = logger.GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.GetCustomAttribute<LoggerMessageAttribute>()!.Message;
        Assert.Contains("{Status}", template, StringComparison.Ordinal);

        var message = Regex.Replace(template.Replace("{Status}", status, StringComparison.Ordinal), "{[A-Za-z]+}", "20261122T101530-0123456789ab");

        Assert.Equal(expected, Query.IsMatch(message));
    }

    private static Regex Read()
    {
        var bicep = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "infra", "modules", "alerts.bicep"));
        var query = Regex.Match(bicep, "matches regex @\"(.+)\"'").Groups[1].Value;
        return new Regex(query.Replace(@"\\", @"\", StringComparison.Ordinal));
    }
}
