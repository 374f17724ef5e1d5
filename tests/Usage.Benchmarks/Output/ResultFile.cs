using System.Runtime.InteropServices;
using System.Text;
using Usage.Local.Machine;

namespace Usage.Benchmarks.Output;

/// <summary>A benchmark's page: said on the console as it grows, and kept in <c>results/{name}.md</c> of this project.</summary>
internal sealed class ResultFile
{
    private readonly StringBuilder _text = new();
    private readonly string _name;

    public ResultFile(string name, string title)
    {
        _name = name;
        Line($"# {title}");
        Line();
        Line(
            $".NET {Environment.Version}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} cores. Medians; the "
                + $"spread in brackets.");
        Line();
    }

    public void Line(string text = "")
    {
        _text.Append(text).Append('\n');
        Console.WriteLine(text);
    }

    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        Row(heads);
        Row([.. heads.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows) Row(row);
        Line();
    }

    /// <summary>A figure of the design, and whether it is reached.</summary>
    public void Target(string what, double found, string sign, double wanted, string format = "0.00")
    {
        var reached = sign == "≥" ? found >= wanted : found <= wanted;
        Line(
            $"- {what}: **{Spread.Text(found, format)}**, to be {sign} {Spread.Text(wanted, format)}: "
            + $"{(reached ? "reached" : "NOT reached")}.");
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(RepositoryRoot.Find(), "tests", "Usage.Benchmarks", "results", $"{_name}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, _text.ToString().TrimEnd('\n') + "\n", cancellationToken);
    }

    private void Row(IReadOnlyList<string> cells) => Line($"| {string.Join(" | ", cells)} |");
}
