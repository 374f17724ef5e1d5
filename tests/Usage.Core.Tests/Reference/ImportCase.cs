using System.Text;
using Usage.Core.Accounts;
using Usage.Core.Integrations;

namespace Usage.Core.Tests.Reference;

/// <summary>A file with all that decides what it means, made at random.</summary>
/// <param name="Lines">Records as they stand in the file, without line endings; the header first.</param>
public sealed record ImportCase(
    ImportMapping Mapping, IReadOnlyList<NumberedAccount> Accounts, IReadOnlyList<string> Lines, string LineEnding)
{
    public string Csv => string.Join(LineEnding, Lines) + LineEnding;

    /// <summary>Smaller files that may show the same fault.</summary>
    public IEnumerable<ImportCase> Smaller()
    {
        for (var length = (Lines.Count - 1) / 2; length > 0; length /= 2)
            for (var start = 1; start + length <= Lines.Count; start += length)
                yield return this with { Lines = [.. Lines.Take(start), .. Lines.Skip(start + length)] };
        for (var product = 0; Mapping.Products.Count > 1 && product < Mapping.Products.Count; product++)
            yield return this with { Mapping = Mapping with { Products = [.. Mapping.Products.Where((_, i) => i != product)] } };
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        var integration = Mapping.Integration;
        text.AppendLine().Append("match ").AppendJoin(", ", integration.Match.Select(rule => $"{rule.By} {rule.Column}"));
        text.Append("; history ").Append(integration.AllowMultipleRowsPerCustomer).Append("; ").Append(integration.OnError);
        text.Append("; decimals ").AppendLine(integration.File.DecimalSeparator ?? "proved");
        foreach (var product in Mapping.Products)
            text.Append(product.Id.Value).Append(' ').Append(product.Period).Append(" by ")
                .Append(product.DateColumn?.ToString() ?? "arrival").Append(' ').Append(product.Long).Append(product.Wide)
                .Append(": ")
                .AppendJoin(", ", product.Dimensions.Select(d =>
                    $"{d.Id.Value} {d.DataType} {d.Aggregate} of {d.Column} {d.Metric} {d.Number} {d.Boolean}")).AppendLine();
        return text.AppendJoin('\n', Lines).ToString();
    }
}
