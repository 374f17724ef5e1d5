using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Usage.Host.Functions;

namespace Usage.Host.Http;

/// <summary>Runs a function by hand, as the Functions host does: <c>POST admin/functions/{name}</c> with <c>{"input": "..."}</c>.</summary>
internal static class AdminFunctions
{
    public static async Task<IResult> RunAsync(
        string name, HttpRequest request, IReadOnlyList<FunctionDefinition> functions, IJobHost jobs, ILoggerFactory loggers)
    {
        if (functions.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function)
            return Results.Problem($"There is no function {name}.", statusCode: StatusCodes.Status404NotFound);
        if (function.Kind is not ("timerTrigger" or "blobTrigger"))
            return Results.Problem($"{function.Name} has a {function.Kind}: only timer and blob functions are run by hand.",
                statusCode: StatusCodes.Status400BadRequest);
        string input;
        try
        {
            input = request.ContentLength is null or 0 ? "" : (await JsonNode.ParseAsync(request.Body))?["input"].Text() ?? "";
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return Results.Problem("The body isn't JSON of the form {\"input\": \"...\"}.", statusCode: StatusCodes.Status400BadRequest);
        }

        object argument = function.Kind == "timerTrigger"
            ? new TimerInfo(new ConstantSchedule(TimeSpan.FromMinutes(1)), new ScheduleStatus()) : input;
        _ = RunAsync(function, argument, jobs, loggers.CreateLogger("Host.Admin"));
        return Results.Accepted();
    }

    private static async Task RunAsync(FunctionDefinition function, object argument, IJobHost jobs, ILogger logger)
    {
        try
        {
            await jobs.CallAsync(function.Name, new Dictionary<string, object> { [function.Trigger["name"].Text()] = argument });
        }
        catch (Exception failed)
        {
            logger.LogError(failed, "{Function}, run by hand, failed", function.Name);
        }
    }
}
