using System.Globalization;
using System.Security;
using System.Text;
using Usage.Local.Machine;

namespace Usage.Benchmarks.Output;

/// <summary>A few measurements side by side, as a picture for the README: a bar to the median, a line over the spread.</summary>
internal sealed class BarPlot(string title, string unit)
{
    private const int Width = 720;
    private const int Left = 300;
    private const int Right = 90;
    private const int Top = 44;
    private const int Step = 40;

    private readonly List<(string Name, Spread Value, bool Ours)> _bars = [];

    /// <param name="ours">What is compared; the others are what it is compared with.</param>
    public void Add(string name, Spread value, bool ours) => _bars.Add((name, value, ours));

    public Task SaveAsync(string name, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        Path.Combine(RepositoryRoot.Find(), "docs", $"{name}.svg"), Draw(), cancellationToken);

    private string Draw()
    {
        var height = Top + _bars.Count * Step + 16;
        var scale = (Width - Left - Right) / _bars.Max(bar => bar.Value.Max);
        var words = string.Join(", ", _bars.Select(bar => $"{bar.Name} {Text(bar.Value.Median)}"));
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" """);
        Add(svg, $"""role="img" font-family="system-ui, sans-serif" font-size="14" fill="#1f2328">""");
        Add(svg, $"<title>{Escaped($"{title}, {unit}: {words}")}</title>");
        // A ground of its own, so that it is to be read on light pages and on dark ones.
        Add(svg, $"""<rect width="100%" height="100%" rx="8" fill="#ffffff"/>""");
        Add(svg, $"""<text x="16" y="27" font-weight="600">{Escaped($"{title}, {unit}")}</text>""");
        foreach (var (bar, at) in _bars.Select((bar, at) => (bar, at))) Draw(svg, bar, Top + at * Step, scale);
        Add(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Draw(StringBuilder svg, (string Name, Spread Value, bool Ours) bar, int y, double scale)
    {
        var (median, min, max) = (bar.Value.Median * scale, Left + bar.Value.Min * scale, Left + bar.Value.Max * scale);
        var (fill, middle) = (bar.Ours ? "#0b62c4" : "#9aa4b2", y + 15);
        Add(svg, $"""<text x="{Left - 12}" y="{y + 19}" text-anchor="end">{Escaped(bar.Name)}</text>""");
        Add(svg, $"""<rect x="{Left}" y="{y + 3}" width="{median:0.0}" height="24" fill="{fill}"/>""");
        Add(svg, $"""<path d="M{min:0.0} {middle}H{max:0.0}M{min:0.0} {y + 10}v10M{max:0.0} {y + 10}v10" stroke="#1f2328"/>""");
        Add(svg, $"""<text x="{max + 8:0.0}" y="{y + 20}">{Escaped(Text(bar.Value.Median))}</text>""");
    }

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Text(double value) => Spread.Text(value, value < 100 ? "0.0" : "#,0");

    private static string Escaped(string text) => SecurityElement.Escape(text);
}
