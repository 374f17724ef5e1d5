using System.Collections.Frozen;

namespace Usage.Core.Accounts.Keys;

/// <summary>Domains at which anybody can have an address, so that they don't identify a company.</summary>
public static class FreeMail
{
    private static readonly FrozenSet<string> Domains = new[]
    {
        "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "passport.com", "yahoo.com", "ymail.com",
        "rocketmail.com", "myyahoo.com", "aol.com", "aim.com", "icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com",
        "protonmail.ch", "pm.me", "gmx.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.us", "web.de", "freenet.de", "t-online.de",
        "arcor.de", "mail.de", "posteo.de", "mailbox.org", "mail.com", "email.com", "usa.com", "zoho.com", "zohomail.com", "fastmail.com",
        "fastmail.fm", "hushmail.com", "tutanota.com", "tutanota.de", "tuta.io", "tuta.com", "hey.com", "inbox.com", "lycos.com",
        "excite.com", "rediffmail.com", "mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "yandex.ru", "yandex.com", "ya.ru",
        "rambler.ru", "ukr.net", "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com",
        "189.cn", "21cn.com", "aliyun.com", "naver.com", "daum.net", "hanmail.net", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net",
        "sfr.fr", "neuf.fr", "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "seznam.cz", "centrum.cz", "wp.pl", "onet.pl",
        "o2.pl", "interia.pl", "gazeta.pl", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "btinternet.com", "sky.com",
        "talktalk.net", "virginmedia.com", "ntlworld.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "bellsouth.net",
        "cox.net", "charter.net", "earthlink.net", "juno.com", "optonline.net", "rogers.com", "shaw.ca", "sympatico.ca", "bigpond.com",
        "optusnet.com.au", "telenet.be", "skynet.be", "ziggo.nl", "kpnmail.nl", "hetnet.nl", "bluewin.ch", "duck.com", "mailinator.com",
        "guerrillamail.com",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Domains.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Free-mail services that have domains in many countries, such as yahoo.co.uk and hotmail.fr.</summary>
    private static readonly string[] Worldwide = ["yahoo", "hotmail", "outlook", "live", "gmx", "yandex"];

    /// <param name="domain">As <see cref="DomainKey.Of"/> gives it.</param>
    public static bool Is(ReadOnlySpan<char> domain)
    {
        if (Lookup.Contains(domain)) return true;
        var dot = domain.IndexOf('.');
        if (dot < 0 || !IsCountry(domain[(dot + 1)..])) return false;
        foreach (var name in Worldwide)
            if (domain[..dot].Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsCountry(ReadOnlySpan<char> suffix) =>
        suffix.Length == 2 || (suffix is [.., '.', _, _] && PublicSuffix.IsRegistry(suffix));
}
