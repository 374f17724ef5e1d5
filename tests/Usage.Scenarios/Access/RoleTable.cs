namespace Usage.Scenarios.Access;

/// <summary>
/// The callers that each operation lets in, beside the admin, whatever the app's own declarations say; "own" is a dropper of the
/// integration that is asked for.
/// </summary>
internal static class RoleTable
{
    public const string Everybody = "nobody, expired, own, other, reader, editor";
    private const string SignedIn = "own, other, reader, editor";
    private const string Senders = "own, other, editor";
    private const string Readers = "reader, editor";
    private const string Editors = "editor";

    public static readonly IReadOnlyDictionary<string, string> Callers = new Dictionary<string, string>()
    {
        ["get /health"] = Everybody,
        ["get /openapi.json"] = Everybody,
        ["get /me"] = SignedIn,
        ["get /keys"] = "",
        ["post /keys"] = "",
        ["delete /keys/{key}"] = "",
        ["get /audit"] = "",
        ["get /products"] = Readers,
        ["get /products/{product}"] = Readers,
        ["put /products/{product}"] = Editors,
        ["delete /products/{product}"] = Editors,
        ["get /products/{product}/snapshot-date"] = Readers,
        ["get /products/{product}/snapshots"] = Readers,
        ["put /products/{product}/dimensions/{dimension}"] = Editors,
        ["delete /products/{product}/dimensions/{dimension}"] = Editors,
        ["get /integrations"] = Readers,
        ["get /integrations/{integration}"] = Readers,
        ["put /integrations/{integration}"] = Editors,
        ["delete /integrations/{integration}"] = Editors,
        ["get /integrations/{integration}/versions"] = Readers,
        ["post /integrations/suggest"] = Editors,
        ["post /integrations/{integration}/files"] = "own, editor",
        ["post /integrations/{integration}/pull"] = Editors,
        ["get /integrations/{integration}/pull"] = Readers,
        ["get /accounts"] = Readers,
        ["get /accounts/{account}"] = Readers,
        ["put /accounts/{account}"] = Editors,
        ["patch /accounts/{account}"] = Editors,
        ["delete /accounts/{account}"] = Editors,
        ["get /accounts/{account}/resolutions"] = Readers,
        ["delete /accounts/{account}/resolutions"] = Editors,
        ["get /accounts/{account}/usage"] = Readers,
        ["post /accounts/import"] = Editors,
        ["get /runs"] = "own, reader, editor",
        ["get /runs/{run}"] = "own, reader, editor",
        ["get /runs/{run}/rejected.csv"] = "own, editor",
        ["get /runs/{run}/rows"] = Editors,
        ["get /runs/{run}/rows/{row}"] = Editors,
        ["get /runs/{run}/issues/{code}/values"] = Editors,
        ["get /runs/{run}/file"] = Editors,
        ["post /runs/{run}/cancel"] = Editors,
        ["get /runs/{run}/changes"] = Readers,
        ["post /runs/{run}/undo"] = Editors,
        ["post /runs/{run}/fixes"] = Editors,
        ["post /runs/{run}/again"] = Editors,
        ["get /explain"] = Readers,
        ["delete /accounts/{account}/usage/{product}/{date}/{dimension}"] = Editors,
        ["get /test-runs"] = "own, reader, editor",
        ["post /test-runs"] = "own, editor",
        ["get /test-runs/{run}"] = "own, reader, editor",
        ["get /uploads"] = SignedIn,
        ["post /uploads"] = Senders,
        ["get /uploads/{upload}"] = SignedIn,
        ["delete /uploads/{upload}"] = Senders,
        ["put /uploads/{upload}/blocks/{block}"] = Senders,
        ["post /uploads/{upload}/commit"] = Senders,
        ["put /uploads/{upload}/draft"] = Senders,
        ["get /uploads/{upload}/lines"] = Senders,
        ["get /unmatched"] = Readers,
        ["post /unmatched/resolve"] = Editors,
        ["get /unmatched/resolutions"] = Readers,
        ["delete /unmatched/resolutions"] = Editors,
        ["get /reports/{product}/{dimension}"] = Readers,
        ["get /segments"] = Readers,
        ["get /segments/{segment}"] = Readers,
        ["put /segments/{segment}"] = Editors,
        ["delete /segments/{segment}"] = Editors,
        ["get /segments/{segment}/accounts"] = Readers,
        ["post /segments/preview"] = Readers,
    };
}
