namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Members that a caller isn't to set, and ones that aren't what they should be.</summary>
internal static class PropertyAttacks
{
    public static IEnumerable<Attack> All =>
    [
        Put("a product's role", "products/own", """{"name":"P","snapshotPeriod":"monthly","role":"admin"}""", "unknown-member"),
        Put("a product's prototype", "products/own", """{"name":"P","__proto__":{"isAdmin":true}}""", "unknown-member"),
        Put("a product's type", "products/own", """{"$type":"System.Diagnostics.Process, System","name":"P"}""", "unknown-member"),
        Put("a product's name twice", "products/own", """{"name":"P","name":"Q"}""", "malformed-json"),
        Put("a product's name in other letters", "products/own", """{"Name":"P"}""", "missing-member"),
        Put("a product's name as a list", "products/own", """{"name":["P"]}""", "wrong-type"),
        Put("an account's number", "accounts/own", """{"name":"A","ordinal":1}""", "unknown-member"),
        Put("an account's partition", "accounts/own", """{"name":"A","PartitionKey":"x"}""", "unknown-member"),
        Put("an account's CRM id as an object", "accounts/own", """{"name":"A","crmId":{"$ne":null}}""", "wrong-type"),
        Put("an integration's secret", "integrations/own", """{"name":"I","match":[],"products":[],"secret":"x"}""", "unknown-member"),
        Put("a rule's account", "integrations/own",
            """{"name":"I","match":[{"by":"crmId","column":"id","account":"theirs"}],"products":[]}""", "unknown-member"),
        Put("a segment's owner", "segments/own", """{"name":"S","all":[],"owner":"admin"}""", "unknown-member"),
        Put("a dimension's period", "products/own/dimensions/mau", """{"name":"M","dataType":"numeric","period":"daily"}""",
            "unknown-member"),
        Key("a key's own text", """{"name":"K","role":"reader","key":"known"}""", "unknown-member"),
        Key("a key's hash", """{"name":"K","role":"reader","hash":"AA=="}""", "unknown-member"),
        Key("a role above all", """{"name":"K","role":"owner"}""", "invalid-value"),
        Key("a role in capitals", """{"name":"K","role":"ADMIN"}""", "invalid-value"),
        Key("a role as a number", """{"name":"K","role":3}""", "wrong-type"),
        Key("an editor with a dropper's integrations", """{"name":"K","role":"editor","integrations":["own"]}""", "invalid"),
        Key("a dropper of everything", """{"name":"K","role":"dropper","integrations":["*"]}""", "invalid-value"),
        Key("a dropper of nothing", """{"name":"K","role":"dropper","integrations":[]}""", "required"),
        Key("a key that is called as what nobody did", """{"name":" Timer","role":"reader"}""", "invalid"),
        Key("a key that has expired", """{"name":"K","role":"reader","expiresAt":"2001-01-01T00:00:00Z"}""", "out-of-range"),
    ];

    private static Attack Put(string name, string path, string body, string error) => new(name, "editor", "PUT", path, 400, error)
    {
        Body = body,
    };

    private static Attack Key(string name, string body, string error) => new(name, "admin", "POST", "keys", 400, error) { Body = body };
}
