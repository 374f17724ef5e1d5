using Functions.Worker.Tests.App;
using Functions.Worker.Tests.Http;

[assembly: AssemblyFixture(typeof(HttpApp))]

namespace Functions.Worker.Tests.Http;

/// <summary>One app on loopback for all tests of what it answers.</summary>
public sealed class HttpApp : IAsyncLifetime
{
    private AppProcess? process;

    public AppFolder Folder { get; } = new(storage: "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;BlobEndpoint=http://127.0.0.1:9/a;");

    public HttpClient Client => process!.Http;

    public AppProcess Process => process!;

    public async ValueTask InitializeAsync()
    {
        Folder.Settings["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "2000000";
        Folder.WriteSettings();
        process = await AppProcess.StartAsync(Folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        Folder.Dispose();
    }
}
