using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Usage.Host.Tests.App;

public sealed class HttpFunctions(Journal journal)
{
    [Function(nameof(Product))]
    public static IResult Product([HttpTrigger("get", "put", Route = "products/{p}")] HttpRequest request, string p) =>
        Results.Text($"{request.Method} {p}");

    [Function(nameof(Literal))]
    public static IResult Literal([HttpTrigger("get", Route = "products/literal")] HttpRequest request) =>
        Results.Text($"literal {request.Path}");

    [Function(nameof(Numbers))]
    public static IResult Numbers([HttpTrigger("get", Route = "numbers/{n:int:min(5)}/{id:guid}")] HttpRequest request, int n, Guid id) =>
        Results.Text($"{n} {id} {request.Query["q"]}");

    [Function(nameof(Files))]
    public static IResult Files([HttpTrigger("get", "head", "delete", Route = "files/{*path}")] HttpRequest request, string path) =>
        Results.Text($"{request.Method} {path}");

    [Function(nameof(NoRoute))]
    public static IResult NoRoute([HttpTrigger("get")] HttpRequest request) => Results.Text($"{request.Host} {request.Headers["x-own"]}");

    [Function(nameof(Count))]
    public static async Task<IResult> Count([HttpTrigger("post", Route = "count")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (buffer, total) = (new byte[1 << 16], 0L);
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;) total += read;
        return Results.Text($"{total}");
    }

    [Function(nameof(Stream))]
    public static async Task Stream([HttpTrigger("get", Route = "stream/{chunks:int}")] HttpRequest request, int chunks)
    {
        var chunk = new byte[1 << 20];
        for (var i = 0; i < chunks; i++) await request.HttpContext.Response.Body.WriteAsync(chunk);
    }

    [Function(nameof(Throw))]
    public static IResult Throw([HttpTrigger("get", Route = "throw")] HttpRequest request) =>
        throw new InvalidOperationException($"secret {request.Path}");

    [Function(nameof(Wait))]
    public async Task<IResult> Wait(
        [HttpTrigger("get", Route = "wait/{gate}")] HttpRequest request, string gate, CancellationToken cancellationToken)
    {
        journal.Add($"wait {gate}");
        try
        {
            await journal.WaitForAsync(gate, request.HttpContext.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            journal.Add($"left {gate}");
        }

        return Results.Text("waited");
    }
}
