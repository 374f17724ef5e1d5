using System.Text.RegularExpressions;
using Usage.Core.Values;

namespace Usage.Core.Suggestions.Columns;

/// <summary>The words of a column's name, and what they say of its cells.</summary>
internal sealed partial class NameWords
{
    private static readonly HashSet<string> Subjects = Set(
        "account acct customer cust client tenant org organization organisation company firm workspace subscriber buyer "
            + "kunde kunden debitor mandant firma cliente empresa klant sold partner merchant crm sfdc salesforce hubspot");

    private static readonly HashSet<string> Parties = Set(
        "parent billing bill payer partner reseller merchant holding agency vendor referrer ultimate group");

    private static readonly HashSet<string> Staff = Set("owner rep agent assignee manager csm advisor seller sales executive");

    private static readonly HashSet<string> Crm = Set("crm sfdc salesforce hubspot");
    private static readonly HashSet<string> CrmSubjects = Set("customer cust client kunde kunden debitor cliente klant");
    private static readonly HashSet<string> Ids = Set(
        "id ids uuid guid key code number no nr num nummer ref reference external identifier slug");
    private static readonly HashSet<string> Hosts = Set("domain domains email mail website url web site homepage");
    private static readonly HashSet<string> Names = Set("name legal display title");
    private static readonly HashSet<string> Fillers = Set(
        "the of our primary main to party billing contact parent external internal source");

    private static readonly HashSet<string> Foreign = Set(
        "order event invoice ticket case user session product item sku transaction device host plan contract project agent "
            + "rep owner record line row message request article subscription charge payment resource server instance incident "
            + "call meter document bill assignee");

    private static readonly HashSet<string> Flows = Set(
        "events event views view clicks click calls call requests request logins login messages message orders minutes hours "
            + "amount cost costs revenue quantity qty units errors error sessions visits downloads uploads transactions tickets "
            + "openings emails bytes hits spend charge charges fee total count counts sent received pageviews impressions "
            + "conversions runs jobs searches exports invocations incidents alerts jobs kwh anrufe umsatz menge betrag kosten "
            + "payments consumption executions usage issued duration minuten stunden");

    private static readonly HashSet<string> Stocks = Set(
        "users seats licenses licences mau dau wau active balance level size storage employees headcount members subscribers "
            + "contacts devices nutzer lizenzen quota limit capacity rooms floor installed arr mrr gb tb used enabled");

    private static readonly HashSet<string> Rates = Set(
        "rate ratio avg average mean median percent percentage pct share score nps csat price latency utilization "
            + "utilisation temperature cpu memory p50 p90 p95 p99 uptime availability quote health");

    private static readonly HashSet<string> Usage = Set(
        "date day month week quarter period datum tag monat woche quartal fecha mes jour mois time timestamp ts datetime "
            + "year jahr usage event snapshot report reporting as");

    private static readonly HashSet<string> Periods = Set(
        "date day month week quarter period datum tag monat woche quartal fecha mes jour mois year jahr");

    private static readonly HashSet<string> Moments = Set("at on date created time start bis von since");

    private static readonly HashSet<string> Attributes = Set(
        "signup sign created updated modified renewal renews expires expiry end due birth closed resolved last first start "
            + "joined since cancel cancelled trial onboarded contract until paid next");

    private static readonly HashSet<string> Metrics = Set(
        "metric measure measurement kpi indicator counter stat statistic variable parameter meter feature metrik kennzahl");

    private static readonly HashSet<string> Values = Set("value val amount quantity qty usage count total measurement wert reading");

    private readonly string[] _words;

    public NameWords(string name)
    {
        _words = [.. TextWords.Of(Humps().Replace(name, " ")).SelectMany(Parts)];
    }

    public IReadOnlyList<string> Words => _words;

    /// <summary>The name says nothing but that it is an account's id, name, domain or address.</summary>
    public bool SaysAccount => !SaysMeasure && _words.Length > 0
        && _words.All(word => Is(Subjects, word) || Is(Ids, word) || Is(Hosts, word) || Is(Names, word) || Is(Fillers, word))
        && (Any(Subjects) || Any(Hosts) || _words is ["id"] or ["name"] or ["uuid"] or ["external", "id"]);

    /// <summary>It says that it identifies something, and not what: "id", "name".</summary>
    public bool SaysNoSubject => !Any(Subjects);

    /// <summary>An account that stands beside the one whose usage it is: its parent, who pays for it, who sold it.</summary>
    public bool SaysOtherParty => Any(Parties);

    /// <summary>One of our own people, who looks after the account.</summary>
    public bool SaysStaff => Any(Staff);

    /// <summary>What identifies something else than an account: an order, a ticket, a user.</summary>
    public bool SaysOtherId => !Any(Subjects) && Any(Ids) && Any(Foreign);

    public bool SaysMeasure => Any(Flows, but: Ids) || Any(Stocks) || Any(Rates) || _words.Contains("of");

    public bool SaysFlow => Any(Flows) && !Any(Stocks) && !Any(Rates);

    public bool SaysRate => Any(Rates);

    public bool SaysStock => Any(Stocks) && !Any(Rates);

    public bool SaysFlag => _words.Length > 0 && (_words[0] is "is" or "has" or "can" or "allow" or "ist" or "hat"
        || _words[^1] is "flag" or "enabled" or "disabled" || _words is ["active"] or ["aktiv"]);

    public bool SaysDate => Any(Usage) || Any(Moments) || (Any(Attributes) && _words.Length < 3);

    /// <summary>When the usage was, rather than a date that the account has.</summary>
    public int DateRank => Any(Attributes) ? _words.Contains("created") ? 1 : 0 : Any(Usage) ? 3 : 2;

    /// <summary>The name is that of a date or of a part of one, and nothing else: "month", "billing period".</summary>
    public bool SaysPeriod => Any(Periods) && _words.All(word => Is(Usage, word) || Is(Fillers, word));

    public bool SaysMetric => Any(Metrics) && !Any(Ids) && !Any(Values);

    public bool SaysValue => _words is [var only] ? Is(Values, only)
        : _words is [var first, var last] && Is(Metrics, first) && Is(Values, last);

    public bool SaysEvent => _words is ["event"] or ["event", "name" or "type"];

    public bool SaysHost => Any(Hosts);

    public bool SaysCrm => Any(Crm);

    public bool SaysCustomer => Any(CrmSubjects);

    public bool SaysId => Any(Ids);

    public bool SaysName => Any(Names) || (!Any(Ids) && !Any(Hosts));

    private static bool Is(HashSet<string> set, string word) => set.Contains(word);

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];

    private bool Any(HashSet<string> set) => _words.Any(set.Contains);

    // "event_id" and "order_no" are ids, whatever is counted by events and orders.
    private bool Any(HashSet<string> set, HashSet<string> but) => Any(set) && !Any(but);

    /// <summary>Those that were written as one: customerid, accountname.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        foreach (var end in (string[])["id", "name", "domain", "nummer", "nr", "no", "number"])
            if (word.Length > end.Length && word.EndsWith(end, StringComparison.Ordinal) && Subjects.Contains(word[..^end.Length]))
                return [word[..^end.Length], end];
        return [word];
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Humps();
}
