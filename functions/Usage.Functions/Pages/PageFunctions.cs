using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Page;

namespace Usage.Functions.Pages;

/// <summary>The page, for everybody: it holds nothing, and asks the API for all that it shows.</summary>
public static class PageFunctions
{
    private static readonly Operation GetPage = new(nameof(GetPage), "The page, and its files.", Audience.Anonymous);

    [Function(nameof(GetPage))]
    public static IActionResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "ui/{*path}")] HttpRequest request)
    {
        var path = request.RouteValues["path"] as string ?? "";
        return PageFiles.Find(path) is { } file ? new PageAnswer(file) : ProblemAnswer.NotFound("file of the page", path);
    }

    private static readonly Operation OpenPage = new(nameof(OpenPage), "Leads to the page.", Audience.Anonymous);

    // An empty route alone is the host's own page; this one matches it too.
    [Function(nameof(OpenPage))]
    public static IActionResult Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request) =>
        new RedirectResult($"{request.PathBase}/ui/");
}
