using Usage.Core.Integrations;
using Usage.Core.Problems;

namespace Usage.Core.Outbound;

/// <summary>What an integration's <c>source</c> and <c>notify</c> must be.</summary>
public static class OutboundRules
{
    /// <returns>Every problem at once; empty when there is none.</returns>
    public static IReadOnlyList<Problem> Validate(Integration integration, AllowedHosts allowed)
    {
        var problems = new ProblemList();
        if (integration.Source is { } source) CheckSource(problems, source, allowed);
        if (integration.Notify is { } notify) CheckNotify(problems, notify, allowed);
        return problems.Problems;
    }

    private static void CheckSource(ProblemList problems, PullSource source, AllowedHosts allowed)
    {
        UrlRules.Check(problems, "source.url", source.Url, allowed);
        HeaderRules.Check(problems, "source.headers", source.Headers);
        if (!PullSchedule.TryParse(source.Schedule, out _, out var expected))
            problems.Wrong(ProblemCode.Invalid, "source.schedule", $"found \"{CellText.Shown(source.Schedule)}\", {expected}");
    }

    private static void CheckNotify(ProblemList problems, Notify notify, AllowedHosts allowed)
    {
        UrlRules.Check(problems, "notify.url", notify.Url, allowed);
        if (SecretText.IsOne(notify.Secret)) return;
        var mixed = SecretText.Has(notify.Secret) || SecretText.IsBroken(notify.Secret);
        problems.Wrong(mixed ? ProblemCode.Invalid : ProblemCode.PlainSecret, "notify.secret",
            $"expected {SecretText.Hint}, and nothing else");
    }
}
