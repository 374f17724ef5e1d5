namespace Usage.Scenarios.Attacks.Requests;

/// <summary>What an editor may in general, and not as things are.</summary>
internal static class FlowAttacks
{
    public static IEnumerable<Attack> All =>
    [
        new("a run that has ended is cancelled", "editor", "POST", "runs/~own-run~/cancel", 409, "ended"),
        new("a pull without a source", "editor", "POST", "integrations/own/pull", 409, "no-source"),
        new("a product in use is deleted", "editor", "DELETE", "products/own", 409),
        new("a dimension in use is deleted", "editor", "DELETE", "products/own/dimensions/mau", 409),
        new("an account with usage is deleted", "editor", "DELETE", "accounts/own", 409),
        new("a period is changed under its snapshots", "editor", "PUT", "products/own", 409)
        {
            Body = """{"name":"P","snapshotPeriod":"daily"}""",
        },
        new("a type is changed under its values", "editor", "PUT", "products/own/dimensions/mau", 409)
        {
            Body = """{"name":"MAU","dataType":"text"}""",
        },
        new("a CRM id is taken from its account", "editor", "PUT", "accounts/thief", 409)
        {
            Body = """{"name":"T","crmId":"theirs"}""",
        },
        new("a domain is taken from its account", "editor", "PUT", "accounts/thief", 409)
        {
            Body = """{"name":"T","domains":["WWW.THEIRS.example."]}""",
        },
        new("a mail provider is taken for a company", "editor", "PUT", "accounts/thief", 400)
        {
            Body = """{"name":"T","domains":["gmail.com"]}""",
        },
        new("a change over somebody else's", "editor", "PUT", "products/own", 412, "changed")
        {
            Body = """{"name":"Q"}""",
            Headers = [("If-Match", "\"0123456789abcdef0123\"")],
        },
        new("a change under a condition that nobody can read", "editor", "DELETE", "segments/none", 412, "changed")
        {
            Headers = [("If-Match", "no tag")],
        },
    ];
}
