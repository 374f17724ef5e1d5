using System.Collections.Frozen;

namespace Usage.Core.Accounts.Keys;

/// <summary>
/// Domains under which anybody registers names: no company's own. The whole public list changes weekly and has ten thousand
/// lines; this is the rule that most of it follows (<c>co.uk</c>, <c>com.au</c>) and the hosts that exports really hold.
/// </summary>
public static class PublicSuffix
{
    private static readonly FrozenSet<string> SecondLevels = new[]
    {
        "ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "id", "ltd", "me", "mil", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "sch", "web", "go", "lg", "ed", "ad", "gr",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Hosts = new[]
    {
        "appspot.com", "azurestaticapps.net", "azurewebsites.net", "blogspot.com", "cloudapp.azure.com", "cloudapp.net", "cloudfront.net", "elasticbeanstalk.com", "firebaseapp.com",
        "fly.dev", "github.io", "gitlab.io", "herokuapp.com", "myshopify.com", "netlify.app", "ngrok.io", "onmicrosoft.com", "onrender.com", "pages.dev", "repl.co", "run.app", "s3.amazonaws.com",
        "squarespace.com", "vercel.app", "web.app", "webflow.io", "weebly.com", "wixsite.com", "wordpress.com", "workers.dev", "eu.com", "uk.com", "us.com", "de.com", "jp.net", "gb.net",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SecondLevelLookup = SecondLevels.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> HostLookup = Hosts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="domain">Lower case, no trailing dot.</param>
    public static bool Is(ReadOnlySpan<char> domain)
    {
        var dot = domain.LastIndexOf('.');
        if (dot < 0) return true;
        var isCountry = domain.Length - dot == 3;
        return (isCountry && SecondLevelLookup.Contains(domain[..dot])) || HostLookup.Contains(domain);
    }
}
