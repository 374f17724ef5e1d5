namespace Usage.Core.Accounts;

/// <summary>Texts that name an account: its id, its name, its keys, and what somebody said to be it.</summary>
public sealed class AccountNames(Account account, IEnumerable<Resolution> said)
{
    public IReadOnlySet<string> Texts { get; } = new HashSet<string>(
        new[] { account.Id.Value, account.Name, account.CrmId ?? "" }
            .Concat(account.Domains).Concat(account.Aliases).Concat(said.Select(resolution => resolution.Key))
            .Where(text => text.Length > 0),
        StringComparer.Ordinal);

    /// <summary>Whether one of them stands in a text, in any case, and isn't a part of a longer word there.</summary>
    public bool AreIn(string text) => Texts.Any(name => IsIn(name, text));

    private static bool IsIn(string name, string text)
    {
        for (var at = Next(0); at >= 0; at = Next(at + 1))
            if (IsEdge(at - 1) && IsEdge(at + name.Length)) return true;
        return false;

        int Next(int from) => from > text.Length ? -1 : text.IndexOf(name, from, StringComparison.OrdinalIgnoreCase);

        bool IsEdge(int at) => at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]);
    }
}
