using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Problems;

namespace Usage.Core.Outbound;

/// <summary>What an integration's <c>source</c> and <c>notify</c> must be.</summary>
/// <param name="allowed">Hosts that needn't be public.</param>
/// <param name="scope">Where the secret of a name may go.</param>
public sealed class OutboundRules(AllowedHosts allowed, Func<string, SecretScope> scope)
{
    /// <param name="integration">To look at.</param>
    /// <param name="id">Its id; null: a draft, which has none yet.</param>
    /// <returns>Every problem at once; empty when there is none.</returns>
    public IReadOnlyList<Problem> Validate(Integration integration, IntegrationId? id)
    {
        var problems = new ProblemList();
        if (integration.Source is { } source) CheckSource(problems, source, id);
        if (integration.Notify is { } notify) CheckNotify(problems, notify, id);
        return problems.Problems;
    }

    private void CheckSource(ProblemList problems, PullSource source, IntegrationId? id)
    {
        var url = UrlRules.Check(problems, "source.url", source.Url, allowed);
        HeaderRules.Check(problems, "source.headers", source.Headers);
        if (!PullSchedule.TryParse(source.Schedule, out _, out var expected))
            problems.Wrong(ProblemCode.Invalid, "source.schedule", $"found \"{CellText.Shown(source.Schedule)}\", {expected}");
        CheckSecrets(problems, "source.url", source.Url, url, id);
        foreach (var (name, value) in source.Headers)
            CheckSecrets(problems, $"source.headers.{CellText.Shown(name)}", value, url, id);
    }

    private void CheckNotify(ProblemList problems, Notify notify, IntegrationId? id)
    {
        var url = UrlRules.Check(problems, "notify.url", notify.Url, allowed);
        CheckSecrets(problems, "notify.url", notify.Url, url, id);
        if (SecretText.IsOne(notify.Secret))
        {
            CheckSecrets(problems, "notify.secret", notify.Secret, url, id);
            return;
        }

        var mixed = SecretText.Has(notify.Secret) || SecretText.IsBroken(notify.Secret);
        problems.Wrong(mixed ? ProblemCode.Invalid : ProblemCode.PlainSecret, "notify.secret",
            $"expected {SecretText.Hint}, and nothing else");
    }

    /// <param name="to">Null: the address is none, and told already.</param>
    private void CheckSecrets(ProblemList problems, string path, string? text, Uri? to, IntegrationId? id)
    {
        if (to is null || text is null) return;
        foreach (var name in SecretText.Names(text))
            if (scope(name).Refusal(to, id) is { } refusal) problems.Conflict(ProblemCode.SecretNotForHost, path, refusal);
    }
}
