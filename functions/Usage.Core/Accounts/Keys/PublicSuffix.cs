using System.Globalization;

namespace Usage.Core.Accounts.Keys;

/// <summary>
/// Domains under which different owners have names: those of registries, such as <c>co.uk</c>, and those of hosts, such as
/// <c>github.io</c>. They are in <c>public_suffix_list.dat</c> beside this file: the list of publicsuffix.org, whole and unchanged, under
/// the Mozilla Public License 2.0. To update it, put https://publicsuffix.org/list/public_suffix_list.dat in its place.
/// </summary>
public static class PublicSuffix
{
    private static readonly (Rules Registries, Rules All) List = Read();

    /// <summary>Whether names below the domain belong to different owners, so that one says nothing of another.</summary>
    /// <param name="domain">Lower case, punycode, no trailing dot.</param>
    public static bool Is(ReadOnlySpan<char> domain) => List.All.Has(domain);

    /// <summary>
    /// Whether a registry gives away the names below the domain, so that it can't be a company's own. A host's may be: <c>github.io</c> is
    /// GitHub's.
    /// </summary>
    /// <inheritdoc cref="Is" path="/param"/>
    public static bool IsRegistry(ReadOnlySpan<char> domain) => List.Registries.Has(domain);

    private static (Rules, Rules) Read()
    {
        var (registries, all, current) = (new Rules(), new Rules(), (Rules?)null);
        var idn = new IdnMapping();
        using var list = new StreamReader(typeof(PublicSuffix).Assembly.GetManifestResourceStream("public_suffix_list.dat")!);
        while (list.ReadLine() is { } line)
        {
            if (line.StartsWith("// ===BEGIN", StringComparison.Ordinal))
                current = line.Contains("ICANN", StringComparison.Ordinal) ? registries : null;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal)) continue;
            var rule = line.Trim();
            if (!System.Text.Ascii.IsValid(rule)) rule = idn.GetAscii(rule);
            current?.Add(rule);
            all.Add(rule);
        }

        return (registries, all);
    }

    /// <summary>
    /// The list's rules: a domain, <c>*.</c> and the domain whose children are all meant, <c>!</c> and a child that isn't.
    /// </summary>
    private sealed class Rules
    {
        private readonly HashSet<string> _domains = [];
        private readonly HashSet<string> _parents = [];
        private readonly HashSet<string> _exceptions = [];

        public void Add(string rule)
        {
            if (rule.StartsWith("*.", StringComparison.Ordinal)) _parents.Add(rule[2..]);
            else if (rule[0] == '!') _exceptions.Add(rule[1..]);
            else _domains.Add(rule);
        }

        public bool Has(ReadOnlySpan<char> domain)
        {
            var dot = domain.IndexOf('.');
            // A name without a dot is a top-level domain, whether the list knows it or not.
            if (dot < 0) return true;
            if (Holds(_exceptions, domain)) return false;
            return Holds(_domains, domain) || Holds(_parents, domain[(dot + 1)..]);
        }

        private static bool Holds(HashSet<string> set, ReadOnlySpan<char> domain) =>
            set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain);
    }
}
