using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using ReadBody = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Functions.Worker.Tests.App;

public sealed record Order(string Product, int Count);

public sealed class HttpFunctions(PerInvocation scoped, Journal journal)
{
    [Function(nameof(Product))]
    public IActionResult Product(
        [HttpTrigger(AuthorizationLevel.Function, "get", "put", Route = "products/{p}")] HttpRequest request, string p) =>
        new OkObjectResult($"{request.Method} {p}");

    [Function(nameof(Literal))]
    public static IActionResult Literal([HttpTrigger(AuthorizationLevel.Function, "get", Route = "products/literal")] HttpRequest request) =>
        new OkObjectResult($"literal {request.Path}");

    [Function(nameof(Numbers))]
    public static IResult Numbers(
        [HttpTrigger("get", Route = "numbers/{n:int:min(5)}/{id:guid}/{opt:bool?}")] HttpRequest request, int n, Guid id, bool? opt) =>
        Results.Text($"{n} {id} {opt?.ToString() ?? "none"} {request.Query["q"]}");

    [Function(nameof(Defaults))]
    public static async Task<IActionResult> Defaults(
        [HttpTrigger("get", Route = "defaults/{a=apple}/{b?}")] HttpRequest request, string a, string? b, string? q, FunctionContext context)
    {
        await Task.Yield();
        return new OkObjectResult($"{a} {b ?? "null"} {q ?? "null"} {context.BindingContext.BindingData["A"]} {request.Method}");
    }

    [Function(nameof(CatchAll))]
    public static Task<IResult> CatchAll([HttpTrigger("delete", Route = "files/{*path}")] HttpRequest request, string path, CancellationToken cancel) =>
        Task.FromResult(Results.Json(new { path, request.Method, cancel.CanBeCanceled }));

    [Function("Plain")]
    public static IActionResult DefaultMethods([HttpTrigger] HttpRequest request) => new OkObjectResult(request.Method);

    [Function(nameof(Body))]
    public static IActionResult Body([HttpTrigger("post")] HttpRequest request, [ReadBody] Order order) =>
        new OkObjectResult($"{order.Count} of {order.Product}, {request.ContentType}");

    [Function(nameof(Upload))]
    public static async Task<IActionResult> Upload([HttpTrigger("post")] HttpRequest request, CancellationToken cancel)
    {
        var buffer = new byte[81920];
        long total = 0;
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;) total += read;
        return new OkObjectResult(total);
    }

    [Function(nameof(Throw))]
    public static IActionResult Throw([HttpTrigger("get")] HttpRequest request) =>
        throw new InvalidOperationException("secret " + request.Path);

    [Function(nameof(ThrowLate))]
    public static async Task<IActionResult> ThrowLate([HttpTrigger("get")] HttpRequest request)
    {
        await request.HttpContext.Response.WriteAsync("half an answer");
        await request.HttpContext.Response.Body.FlushAsync();
        throw new InvalidOperationException("secret");
    }

    [Function(nameof(Nothing))]
    public static object Nothing([HttpTrigger("get")] HttpRequest request) => new { request.Path };

    [Function(nameof(Replaced))]
    public static string Replaced([HttpTrigger("get")] HttpRequest request) => request.Method == "GET" ? "replace me" : "";

    [Function(nameof(Scope))]
    public IActionResult Scope([HttpTrigger("get")] HttpRequest request, PerInvocation? absent) =>
        new OkObjectResult(scoped == request.HttpContext.RequestServices.GetService(typeof(PerInvocation)) && absent is null ? "one scope" : "two scopes");

    [Function(nameof(Slow))]
    public async Task<IActionResult> Slow([HttpTrigger("get")] HttpRequest request, string until, CancellationToken cancel)
    {
        journal.Add("slow began " + request.Method);
        while (!File.Exists(until)) await Task.Delay(20, cancel);
        return new OkObjectResult("slow done");
    }

    [Function(nameof(Open))]
    public static IActionResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new OkObjectResult(request.Method);

    [Function(nameof(Admin))]
    public static IActionResult Admin([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => new OkObjectResult(request.Method);

    [Function(nameof(Off))]
    public static IActionResult Off([HttpTrigger("get")] HttpRequest request) => new OkObjectResult(request.Method);
}
