using Usage.Core.Runs;
using Usage.Functions.Http;
using Usage.Functions.Runs;
using Usage.Functions.TestRuns;
using Usage.Storage.Imports.Writing;

namespace Usage.Functions.OpenApi;

internal static class RunOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Post("integrations/{integration}/files", "UploadFile", "Drops a file, as into the container.")
            .Needs("name").With("force", "date").Csv().Answers<RunReference>("RunReference", 202, "Its run is queued.").Problem(413),
        Operation.Get("runs", "ListRuns", "Runs, the newest first.").With("integration", "status").Paged().Answers<Page<Run>>("RunPage"),
        Operation.Get("runs/{run}", "GetRun", "A run.").Answers<Run>("Run"),
        Operation.Get("runs/{run}/rejected.csv", "GetRejectedRows", "The rows to mend.").AnswersCsv(),
        Operation.Post("runs/{run}/cancel", "CancelRun", "Asks a run to end.")
            .Answers<RunReference>("RunReference", 202, "It ends when it looks.").Problem(409),

        Operation.Post("test-runs", "StartTestRun",
            "Tries a file out: a CSV body, a blob that is there, or a form with file and integration.")
            .With("integration", "name", "date").Csv().Json<TestRunBody>("TestRunBody").Form(("file", true), ("integration", false))
                .Answers<RunReference>("RunReference", 202, "Its run is queued.").Problem(404, 409, 413),
        Operation.Get("test-runs", "ListTestRuns", "Test runs, the newest first.").With("integration", "status").Paged()
            .Answers<Page<Run>>("RunPage"),
        Operation.Get("test-runs/{run}", "GetTestRun", "A test run with what it would change.").Answers<Run, TestResult>("TestRun"),
    ];
}
