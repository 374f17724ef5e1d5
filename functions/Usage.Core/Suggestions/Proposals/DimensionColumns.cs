using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Suggestions.Columns;
using Usage.Core.Suggestions.Keys;
using Usage.Core.Suggestions.Reasons;
using Usage.Core.Suggestions.Samples;
using Usage.Core.Values.Numbers;
using Usage.Core.Values;
using static System.FormattableString;

namespace Usage.Core.Suggestions.Proposals;

/// <summary>Maps the columns of a file with one column a dimension.</summary>
/// <param name="columns">But for keys and the date.</param>
internal sealed class DimensionColumns(
    SampleFacts facts, IReadOnlyList<ColumnProfile> columns, Product? product, SampleAccounts accounts, ColumnProfile? date,
    Merging merging, Notes notes)
{
    private readonly HashSet<DimensionId> _taken = [.. product?.Dimensions.Select(dimension => dimension.Id) ?? []];
    private readonly HashSet<DimensionId> _fed = [];

    public IReadOnlyList<DimensionMapping> Map()
    {
        var mappings = new List<DimensionMapping>();
        var left = 0;
        // Who is called as a dimension comes before who is only called alike.
        foreach (var column in columns.OrderBy(column => product is null || DimensionNames.Find(column.Name, product) is null))
        {
            if (_taken.Count >= DimensionRules.DefaultMaxPerProduct)
            {
                Skip(column, "the product has as many dimensions as it may");
                left++;
            }
            else if (Map(column) is { } mapping)
            {
                mappings.Add(mapping);
            }
        }

        if (left > 0)
            notes.Warn("dimensions-left-out", Invariant($"{left} columns are left out, since a product has at most ")
                + Invariant($"{DimensionRules.DefaultMaxPerProduct} dimensions: choose those that matter"));
        var places = columns.ToDictionary(column => column.Name, column => column.Place);
        return [.. mappings.OrderBy(mapping => places[mapping.Column!.Names[0]])];
    }

    private DimensionMapping? Map(ColumnProfile column)
    {
        if (column.Type == ColumnType.Blank) return Skip(column, "all cells are blank");
        var stored = product is null ? null : DimensionNames.FindAlike(column.Name, product);
        if (stored is not null && !_fed.Contains(stored.Id)) return MapStored(column, stored);
        if (column.Words.SaysPeriod && column.Dates is [] or [{ Form.Format: "yyyy" }, ..])
            return Skip(column, "it is called as a date, and its cells can't be read as dates", Confidence.Unsure);
        if (column.Words.SaysAccount) return Skip(column, "it tells of the account, which another column finds already");
        if (column.Words.SaysOtherId) return MapId(column);
        if (column.Numbers.IsMixed) return Skip(column,
            $"its numbers are in several units ({string.Join(", ", column.Numbers.Affixes.Order(StringComparer.Ordinal))}), "
                + "which can't be compared");
        if (column.Type != ColumnType.Numeric && merging.Loses(column, facts.FirstRows, accounts, date))
            return Skip(column, $"rows of one account and {merging.Date} differ in it, and only one of them would be left");
        return MapNew(column);
    }

    private DimensionMapping? MapStored(ColumnProfile column, Dimension stored)
    {
        var called = $"it is called as dimension \"{stored.Name}\"";
        var exact = DimensionNames.Find(column.Name, product!) is not null;
        if (!column.Fits(stored))
            return Skip(column, $"{called}, which is {CoreJson.Word(stored.DataType)}, while it is {CoreJson.Word(column.Type)}");
        _fed.Add(stored.Id);
        notes.Propose(column, $"dimension {stored.Id}", exact ? Confidence.Sure : Confidence.Likely, $"{called}{Cells(column)}");
        if (merging.Merged > 0 && stored is { DataType: DataType.Numeric, Aggregate: Aggregate.Last } && column.Words.SaysFlow)
            notes.Warn("last-of-several", $"dimension \"{stored.Name}\" keeps the last of several rows of one {merging.Date}, "
                + $"and \"{column.Name}\" is called as what can be added up: change the dimension's aggregate to sum if it is meant so");
        return new DimensionMapping
        {
            Column = column.Name,
            Dimension = stored.Id,
            Number = stored.DataType == DataType.Numeric ? column.NumberFormat : null,
            Boolean = stored.DataType == DataType.Boolean ? column.Boolean : null,
        };
    }

    private DimensionMapping? MapNew(ColumnProfile column)
    {
        var type = column.DataType;
        var (aggregate, why, open) = type == DataType.Numeric ? merging.Of(column) : (Aggregate.Last, "", false);
        if (open) merging.Ask(column.Name, notes);
        return Create(column, column.Name, type, aggregate, $"a new {CoreJson.Word(type)} dimension{Cells(column)}{why}");
    }

    /// <summary>Identifiers of what isn't an account can be counted, and that is all.</summary>
    private DimensionMapping? MapId(ColumnProfile column)
    {
        if (merging.Merged == 0 || column.Distinct < column.Filled) return Skip(column, "it identifies something else than an account");
        var counted = string.Join(' ', column.Words.Words.SkipLast(1));
        return Create(column, counted.Length == 0 ? column.Name : $"{counted}s", DataType.Numeric, Aggregate.Count,
            $"each cell is another one, so that they are counted by {merging.Date}");
    }

    private DimensionMapping? Create(ColumnProfile column, string name, DataType type, Aggregate aggregate, string why)
    {
        var id = DimensionNames.NewId(name, Invariant($"column_{column.Place + 1}"), _taken);
        _taken.Add(id);
        var isOdd = column.Strays > 0 || column.Clash is not null;
        notes.Propose(column, $"new dimension {id}", isOdd ? Confidence.Unsure : Confidence.Likely, why);
        return new DimensionMapping
        {
            Column = column.Name,
            Dimension = id,
            Create = new NewDimension { Name = DimensionNames.NewName(name), DataType = type, Aggregate = aggregate },
            Number = type == DataType.Numeric && aggregate != Aggregate.Count ? column.NumberFormat : null,
            Boolean = type == DataType.Boolean ? column.Boolean : null,
        };
    }

    private DimensionMapping? Skip(ColumnProfile column, string why, Confidence confidence = Confidence.Likely)
    {
        notes.Propose(column, "left out", confidence, $"left out: {why}");
        return null;
    }

    private static string Cells(ColumnProfile column) => column.Type switch
    {
        ColumnType.Numeric when column.Strays > 0 =>
            $"; {column.Meant - column.Strays} of {column.Meant} cells are numbers, others will be refused{Carried(column)}",
        ColumnType.Numeric => $"; all its cells are numbers{Carried(column)}",
        ColumnType.Boolean when column.Boolean is { } words =>
            $"; its cells are {string.Join(", ", words.True)} for true and {string.Join(", ", words.False)} for false",
        ColumnType.Boolean => "; all its cells are words for true or false",
        ColumnType.Date => "; its cells are dates, kept as they are written",
        _ => "; its cells are texts",
    };

    /// <summary>What numbers carry and lose: nobody is to find out from the values.</summary>
    private static string Carried(ColumnProfile column)
    {
        if (column.NumberFormat is not { } format) return "";
        (bool Is, string Told)[] all =
        [
            (format.Percent == PercentSign.Keep, "5% is read as 5"), (format.Percent == PercentSign.Divide, "5% is read as 0.05"),
            (format.Parentheses, "(5) is read as -5"), (format.TrailingMinus, "5- is read as -5"),
        ];
        var told = format.Affixes.Select(affix => $"\"{CellText.Shown(affix)}\" is taken off")
            .Concat(all.Where(one => one.Is).Select(one => one.Told)).ToList();
        return told.Count == 0 ? "" : $"; {string.Join(", ", told)}";
    }
}
