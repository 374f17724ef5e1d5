namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Addresses that would have the app ask what only it can reach, as the source of a pull and as who is told of runs.</summary>
internal static class ForgeryAttacks
{
    private static readonly string[] Refused =
    [
        "http://169.254.169.254/metadata/identity/oauth2/token", "https://169.254.169.254/", "https://[::ffff:169.254.169.254]/",
        "https://[::ffff:a9fe:a9fe]/", "https://2852039166/", "https://0xA9FEA9FE/", "https://0xa9.0xfe.0xa9.0xfe/",
        "https://0251.0376.0251.0376/", "https://168.63.129.16/", "https://10.1/", "https://127.0.0.2/", "https://0/", "https://0.0.0.0/",
        "https://[::1]/", "https://[::]/", "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.0.1/", "https://100.64.0.1/",
        "https://198.18.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://[fd00::1]/", "https://[fe80::1%25eth0]/",
        "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001:db8::1]/", "http://example.com/", "ftp://example.com/x",
        "file:///etc/passwd", "gopher://example.com/", "data:text/csv,a", "jar:https://example.com!/", "//example.com/x", "/etc/passwd",
        "https://user:password@example.com/", "https://example.com@169.254.169.254/", "https://example.com\\@169.254.169.254/",
        "https:///x",
        "https://example.com/?sig=abc", "https://example.com/?@secret:", "https://@secret:HOST/",
    ];

    public static IEnumerable<Attack> All =>
    [
        .. Refused.Select((url, i) => i % 2 == 0 ? Source(url) : Notify(url)),
        Header("a header of the connection", "Host", "169.254.169.254"),
        Header("a header's end", "X-A", "a\\r\\nX-B: b"),
        Header("a header's name", "X-A: a\\r\\nX-B", "b"),
        Header("a secret in plain", "Authorization", "Bearer abcdef"),
    ];

    private static Attack Source(string url) => new($"pull from {url}", "editor", "PUT", "integrations/own", 400)
    {
        Body = Body($$""","source":{"url":"{{Json(url)}}","schedule":"0 0 2 * * *"}"""),
    };

    private static Attack Notify(string url) => new($"tell {url}", "editor", "PUT", "integrations/own", 400)
    {
        Body = Body($$""","notify":{"url":"{{Json(url)}}","secret":"@secret:HOOK"}"""),
    };

    private static Attack Header(string name, string header, string value) => new(name, "editor", "PUT", "integrations/own", 400)
    {
        Body = Body(
            $$""","source":{"url":"https://example.com/x","headers":{"{{header}}":"{{value}}"},"schedule":"0 0 2 * * *"}"""),
        Never = "abcdef",
    };

    private static string Json(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static string Body(string member) => $$"""
        {"name":"I","match":[{"by":"crmId","column":"id"}],"products":[{"product":"own","dimensions":
         [{"column":"mau","dimension":"mau"}]}]{{member}}}
        """;
}
