using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Http;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Functions.Worker.Tests.Functions;

public sealed class FunctionFinderTests
{
    [Theory]
    [InlineData(typeof(NoTrigger), "found 0 trigger parameters, expected one, such as [HttpTrigger] or [ActivityTrigger].")]
    [InlineData(typeof(NotPublic), "the method must be public.")]
    [InlineData(typeof(BadName), "its name must begin with a letter and have only letters, digits, _ and -, at most 128 of them.")]
    [InlineData(typeof(WrongTriggerType), "[TimerTrigger] 'timer' is a String, expected a TimerInfo.")]
    [InlineData(typeof(WrongOrchestrator), "[OrchestrationTrigger] 'context' is a String, expected a TaskOrchestrationContext.")]
    [InlineData(typeof(ServiceParameter), "parameter 'logger' is a ILogger; services belong in the constructor.")]
    [InlineData(typeof(Later), "it returns a ValueTask; return a Task.")]
    [InlineData(typeof(AsyncVoid), "it is async void; return a Task.")]
    public void Function_that_cannot_be_run_is_named_with_the_reason(Type type, string reason)
    {
        var error = Assert.Throws<StartupException>(() => FunctionFinder.Find([type]));
        Assert.Equal($"Function '{(type == typeof(BadName) ? "1 bad" : "X")}' ({type.Name}.Run) can't be run: {reason}", error.Message);
    }

    [Fact]
    public void Name_used_twice_is_refused_whatever_its_case()
    {
        var error = Assert.Throws<StartupException>(() => FunctionFinder.Find([typeof(Twice)]));
        Assert.Equal(
            "Function name 'Same' is used twice (names ignore case): " +
            "Functions.Worker.Tests.Functions.FunctionFinderTests+Twice.One and Functions.Worker.Tests.Functions.FunctionFinderTests+Twice.Two.",
            error.Message);
    }

    [Fact]
    public void Two_functions_for_the_same_requests_are_refused()
    {
        var error = Assert.Throws<StartupException>(() => HttpRoutes.Of(FunctionFinder.Find([typeof(Conflict)]), "api"));
        Assert.Equal("Functions 'A' and 'B' both answer GET api/things/{id}: give one of them another route or other methods.", error.Message);
    }

    [Fact]
    public void Routes_that_differ_in_constraint_or_method_are_no_conflict() =>
        Assert.Equal(3, HttpRoutes.Of(FunctionFinder.Find([typeof(NoConflict)]), "api").Count);

    [Fact]
    public void Broken_route_names_its_function()
    {
        var error = Assert.Throws<StartupException>(() => HttpRoutes.Of(FunctionFinder.Find([typeof(BrokenRoute)]), "api"));
        Assert.StartsWith("Function 'X': the route \"api/a/{b\" can't be used: ", error.Message, StringComparison.Ordinal);
    }

    public static class NoTrigger
    {
        [Function("X")]
        public static void Run(string a) => _ = a;
    }

    public static class NotPublic
    {
        [Function("X")]
        internal static void Run([ActivityTrigger] string a) => _ = a;
    }

    public static class BadName
    {
        [Function("1 bad")]
        public static void Run([ActivityTrigger] string a) => _ = a;
    }

    public static class WrongTriggerType
    {
        [Function("X")]
        public static void Run([TimerTrigger("0 * * * * *")] string timer) => _ = timer;
    }

    public static class WrongOrchestrator
    {
        [Function("X")]
        public static Task Run([OrchestrationTrigger] string context) => Task.FromResult(context);
    }

    public static class ServiceParameter
    {
        [Function("X")]
        public static void Run([ActivityTrigger] string a, ILogger logger) => _ = (a, logger);
    }

    public static class Later
    {
        [Function("X")]
        public static ValueTask Run([OrchestrationTrigger] TaskOrchestrationContext context) => new(Task.FromResult(context));
    }

    public static class AsyncVoid
    {
        [Function("X")]
        public static async void Run([ActivityTrigger] string a) => await Task.FromResult(a);
    }

    public static class Twice
    {
        [Function("Same")]
        public static void One([ActivityTrigger] string a) => _ = a;

        [Function("same")]
        public static void Two([ActivityTrigger] string a) => _ = a;
    }

    public static class Conflict
    {
        [Function("A")]
        public static IActionResult One([HttpTrigger("get", "put", Route = "things/{id}")] HttpRequest request) => new OkObjectResult(request.Path);

        [Function("B")]
        public static IActionResult Two([HttpTrigger("get", Route = "Things/{other}")] HttpRequest request) => new OkObjectResult(request.Path);
    }

    public static class NoConflict
    {
        [Function("A")]
        public static IActionResult One([HttpTrigger("get", Route = "things/{id}")] HttpRequest request) => new OkObjectResult(request.Path);

        [Function("B")]
        public static IActionResult Two([HttpTrigger("get", Route = "things/{id:int}")] HttpRequest request) => new OkObjectResult(request.Path);

        [Function("C")]
        public static IActionResult Three([HttpTrigger("put", Route = "things/{id}")] HttpRequest request) => new OkObjectResult(request.Path);
    }

    public static class BrokenRoute
    {
        [Function("X")]
        public static IActionResult Run([HttpTrigger("get", Route = "a/{b")] HttpRequest request) => new OkObjectResult(request.Path);
    }
}
