using System.Globalization;
using Usage.Core.Issues;
using Usage.Core.Values.Dates;
using static System.FormattableString;

namespace Usage.Core.Integrations;

/// <summary>What is known of a file besides its content.</summary>
/// <param name="Name">Its path below the integration's folder; of a pulled file the source's name; null: it has none.</param>
/// <param name="Date">The date that was given with it, as text, since a blob's metadata may say anything; null: none was.</param>
public sealed record FileOrigin(string? Name, string? Date)
{
    internal const string DateFormat = "yyyy-MM-dd";

    /// <summary>A date as it is given with a file.</summary>
    public static string? Text(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);
}

/// <summary>The date of all rows of a file.</summary>
/// <param name="Given">With the file, rather than by its name.</param>
public sealed record FileDate(DateOnly Date, bool Given);

/// <summary>Finds the date of a file whose rows have none: the one that was given with it, else the one in its name.</summary>
public static class FileDates
{
    private const string Given = "expected yyyy-MM-dd in ?date= or in the blob's metadata \"date\"";

    /// <summary>No date is longer.</summary>
    private const int MaxLength = 64;

    /// <returns>The date, or why the run fails; neither where no product of the integration goes by the file's date.</returns>
    public static (FileDate? Date, RunError? Error) Find(Integration integration, FileOrigin origin, DateOnly arrivalDate)
    {
        if (integration.Products.All(product => product.DateColumn is not null || product.Wide is not null)) return (null, null);
        return Find(integration.File.FileDate, origin, arrivalDate);
    }

    /// <param name="format">Of the date in the file's name; null: it has none.</param>
    internal static (FileDate? Date, RunError? Error) Find(string? format, FileOrigin origin, DateOnly arrivalDate)
    {
        if (origin.Date is { } text)
        {
            return DateOnly.TryParseExact(text, FileOrigin.DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var given)
                ? Checked(new FileDate(given, Given: true), text, arrivalDate)
                : (null, new RunError(IssueCode.NotADate, $"the file's date: found \"{CellText.Shown(text)}\", {Given}"));
        }

        if (format is null) return (null, null);
        var found = Places(origin.Name ?? "", format).Take(3).ToList();
        return found is [var only]
            ? Checked(new FileDate(only.Date, Given: false), only.Text, arrivalDate)
            : (null, new RunError(IssueCode.FileDateMissing, Missing(origin.Name, format, [.. found.Select(place => place.Text)])));
    }

    /// <summary>All parts of a name that the format fits as a whole, with no digit before or after.</summary>
    private static IEnumerable<(string Text, DateOnly Date)> Places(string name, string format)
    {
        for (var start = 0; start < name.Length; start++)
        {
            if (start > 0 && char.IsDigit(name[start - 1])) continue;
            for (var end = start + 1; end <= Math.Min(name.Length, start + MaxLength); end++)
            {
                if (end < name.Length && char.IsDigit(name[end])) continue;
                if (DeclaredDates.TryRead(name.AsSpan(start, end - start), [format], out var date)) yield return (name[start..end], date);
            }
        }
    }

    private static (FileDate?, RunError?) Checked(FileDate found, string text, DateOnly arrivalDate)
    {
        var latest = arrivalDate == DateOnly.MaxValue ? arrivalDate : arrivalDate.AddDays(1);
        return found.Date <= latest ? (found, null) : (null, new RunError(
            IssueCode.DateInFuture,
            Invariant($"the file's date: found \"{text}\", expected a date up to {latest:yyyy-MM-dd}, a day after the file arrived")));
    }

    private static string Missing(string? name, string format, IReadOnlyList<string> places)
    {
        var found = places.Count > 0
            ? $"found {string.Join(" and ", places.Select(place => $"\"{place}\""))} in \"{CellText.Shown(name!)}\""
            : name is null ? "found no name" : $"found \"{CellText.Shown(name)}\"";
        return $"the file's name: {found}, expected exactly one place that is a date as {DateWords.Shown(format)} (file.fileDate); "
            + "nothing is recorded. Rename the file, or give its date with ?date= or the blob's metadata \"date\"";
    }
}
