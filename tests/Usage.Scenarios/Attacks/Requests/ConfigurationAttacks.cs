namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Methods, origins, hosts and kinds of content that the app has nothing to say to.</summary>
internal static class ConfigurationAttacks
{
    public static IEnumerable<Attack> All =>
    [
        new("the request back", "nobody", "TRACE", "products", 404),
        new("a method that isn't one", "editor", "PURGE", "products/own", 405),
        new("a change by the wrong method", "editor", "PATCH", "products/own", 405) { Body = """{"name":"Q"}""" },
        new("a write to a list", "editor", "DELETE", "products", 404),
        new("a page of another origin asks whether it may", "nobody", "OPTIONS", "products", 404)
        {
            Headers = [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "PUT")],
        },
        new("another host's name", "reader", "GET", "products", 200)
        {
            Headers = [("Host", "evil.example"), ("X-Forwarded-Host", "evil.example")],
            Never = "evil.example",
        },
        new("XML with an entity of a file", "editor", "POST", "integrations/suggest", 422, "not-a-csv")
        {
            Body = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>""",
            Type = "application/xml",
            Never = "root:",
        },
        new("JSON that is no JSON", "editor", "PUT", "products/own", 400, "malformed-json")
        {
            Body = "<a/>",
            Type = "application/xml",
        },
        new("a page of HTML for a file", "editor", "POST", "integrations/suggest", 422, "not-a-csv")
        {
            Body = "<html><script>alert(1)</script></html>",
            Type = "text/html",
        },
        new("a form without its boundary", "editor", "POST", "test-runs", 400)
        {
            Body = "--p--\r\n",
            Type = "multipart/form-data",
        },
        new("a script in an error, which is no page", "editor", "GET", "runs?status=<script>alert(1)</script>", 400, "invalid-value"),
        new("characters that are none", "editor", "GET", "products/%c0%ae%c0%ae", 404),
    ];
}
