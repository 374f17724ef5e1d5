namespace Usage.Scenarios.Attacks.Requests;

/// <summary>Things of another team, asked for by a dropper that has an integration of its own.</summary>
internal static class ObjectAttacks
{
    private const string Csv = "id,mau\nown,1\n";

    public static IEnumerable<Attack> All =>
    [
        Get("a run of theirs", "runs/~theirs-run~"),
        Get("a run of theirs, with an integration of one's own besides", "runs/~theirs-run~?integration=own"),
        Get("rejected rows of theirs", "runs/~theirs-run~/rejected.csv"),
        Get("a test run of theirs", "test-runs/~theirs-test~"),
        Get("a test run of theirs as a run", "runs/~theirs-test~"),
        Get("all runs", "runs"),
        Get("their runs", "runs?integration=theirs"),
        Get("runs of both", "runs?integration=own&integration=theirs"),
        Get("runs of both, with a comma", "runs?integration=own,theirs"),
        Get("their runs in other letters", "runs?Integration=theirs"),
        Get("all test runs", "test-runs"),
        Get("their integration", "integrations/theirs"),
        Get("its own integration's configuration", "integrations/own"),
        Get("all integrations", "integrations"),
        Get("all accounts", "accounts"),
        Get("usage of an account", "accounts/own/usage"),
        Get("snapshots", "products/own/snapshots"),
        Get("unmatched keys of its own", "unmatched?integration=own"),
        Get("segments", "segments"),
        new("a run that is written otherwise", "dropper", "GET", "runs/~theirs-run~%20", 404, "not-found"),
        new("a run behind a folder", "dropper", "GET", "runs/x%2F..%2F~theirs-run~", 404, "not-found"),
        Post("a file into theirs", "integrations/theirs/files?name=x.csv"),
        Post("a file into theirs, with one's own in the query", "integrations/theirs/files?name=x.csv&integration=own"),
        Post("a file into an integration that isn't one", "integrations/own%2F..%2Ftheirs/files?name=x.csv"),
        Post("a test run with theirs", "test-runs?integration=theirs"),
        Post("a test run with both", "test-runs?integration=own&integration=theirs"),
        Post("a test run with none", "test-runs"),
        new("a file by way of its name", "dropper", "POST", "integrations/own/files?name=../theirs/x.csv", 400, "invalid-value")
        {
            Body = Csv,
            Type = "text/csv",
        },
        new("a test run of a file of theirs", "dropper", "POST", "test-runs?integration=own", 403, "forbidden")
        {
            Body = """{"integration":"own","blob":"theirs/x.csv"}""",
        },
        new("a test run of a file of theirs, with a type in capitals", "dropper", "POST", "test-runs?integration=own", 403, "forbidden")
        {
            Body = """{"integration":"theirs","blob":"theirs/x.csv"}""",
            Type = "APPLICATION/JSON; charset=utf-8",
        },
        new("a test run by a form", "dropper", "POST", "test-runs?integration=own", 403, "forbidden")
        {
            Body = "--p\r\nContent-Disposition: form-data; name=\"integration\"\r\n\r\ntheirs\r\n--p--\r\n",
            Type = "multipart/form-data; boundary=p",
        },
        Upload("an upload of somebody", "dropper", "GET", ""),
        Upload("an upload of somebody, by an editor", "editor", "GET", ""),
        Upload("lines of an upload of somebody", "editor", "GET", "/lines"),
        Upload("an upload of somebody, to be deleted", "editor", "DELETE", ""),
        Upload("an upload of somebody, to be decided on", "editor", "PUT", "/draft", "{}"),
        Upload("an upload of somebody, to be made another", "dropper", "PUT", "/blocks/1", "x"),
        new("an upload of somebody as a file", "dropper", "POST", "integrations/own/files", 404, "not-found")
        {
            Body = """{"upload":"~theirs-upload~"}""",
        },
        new("a dropped file as an upload", "dropper", "POST", "uploads", 403, "forbidden") { Body = """{"blob":"theirs/x.csv"}""" },
        new("uploads of all", "dropper", "GET", "uploads", 200) { Never = "~theirs-upload~" },
        new("rejected rows, by a reader", "reader", "GET", "runs/~own-run~/rejected.csv", 403, "forbidden"),
        new("a run's rows, by a reader", "reader", "GET", "runs/~own-run~/rows", 403, "forbidden"),
        new("a run's file, by a reader", "reader", "GET", "runs/~own-run~/file", 403, "forbidden"),
        new("rows of a test run, by a reader", "reader", "GET", "test-runs/~own-test~", 200) { Never = "\"outcome\"" },
        new("cells beside unmatched keys, by a reader", "reader", "GET", "unmatched", 200) { Never = "\"plan\"" },
    ];

    private static Attack Get(string name, string path) => new(name, "dropper", "GET", path, 403, "forbidden") { Never = "person.example" };

    private static Attack Upload(string name, string who, string method, string rest, string? body = null) =>
        new(name, who, method, $"uploads/~theirs-upload~{rest}", 404, "not-found") { Body = body, Never = "person.example" };

    private static Attack Post(string name, string path) => new(name, "dropper", "POST", path, 403, "forbidden")
    {
        Body = Csv,
        Type = "text/csv",
    };
}
