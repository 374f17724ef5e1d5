using Microsoft.Extensions.Options;

namespace Usage.Functions.Settings;

/// <summary>What is said when the app can't start with its settings.</summary>
internal static class WrongSettings
{
    /// <returns>A sentence each; null: it was something else that went wrong.</returns>
    public static IEnumerable<string>? Of(Exception thrown) => thrown switch
    {
        OptionsValidationException wrong => wrong.Failures,
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) =>
            several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures),
        _ => null,
    };
}
