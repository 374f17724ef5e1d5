using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core;
using Usage.Core.Access;
using Usage.Functions.Http;

namespace Usage.Functions.OpenApi;

public sealed class OpenApiFunction
{
    private readonly Lazy<string> _document =
        new(() => OpenApiDocument.Build().ToJsonString(new(CoreJson.Options) { WriteIndented = true }));

    private static readonly Operation GetOpenApi = new Operation(nameof(GetOpenApi), "This document.", Audience.Anonymous)
        .Answers<object>("OpenApi");

    [Function(nameof(GetOpenApi))]
    public IActionResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/openapi.json")] HttpRequest http)
    {
        var request = new ApiRequest(http, GetOpenApi);
        if (request.Problem is { } problem) return problem;
        return new ContentResult { Content = _document.Value, ContentType = "application/json; charset=utf-8", StatusCode = 200 };
    }
}
