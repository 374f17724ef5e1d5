using System.CommandLine;
using Usage.Benchmarks.Changes;
using Usage.Benchmarks.Histories;
using Usage.Benchmarks.Http;
using Usage.Benchmarks.Imports;
using Usage.Benchmarks.Replays;
using Usage.Benchmarks.Rows;
using Usage.Benchmarks.Scale;
using Usage.Benchmarks.Shapes;
using Usage.Benchmarks.Starting;
using Usage.Benchmarks.Unmatched;
using Usage.Benchmarks.Workbooks;
using Usage.Benchmarks.Writing;

var command = new RootCommand(
    "How fast Usage is, as ratios to what this machine can do at all. Run it with -c Release; each result goes to "
        + "tests/Usage.Benchmarks/results.")
{
    WriteCommand.Make(), ImportCommand.Make(), ShapesCommand.Make(), HistoryCommand.Make(), HttpCommand.Make(), ColdStartCommand.Make(),
    WorkbookCommand.Make(), PlanCommand.Make(), ChangesCommand.Make(), ExplainCommand.Make(), UnmatchedCommand.Make(), RowsCommand.Make(),
    ReplayCommand.Make(), ThrottleCommand.Make(), ScaleCommand.Make(),
};
return await command.Parse(args).InvokeAsync();
