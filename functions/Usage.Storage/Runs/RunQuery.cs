using Azure.Data.Tables;
using Usage.Core.Ids;
using Usage.Core.Runs;

namespace Usage.Storage.Runs;

internal static class RunQuery
{
    /// <summary>Runs that haven't ended.</summary>
    public static string Open { get; } =
        TableClient.CreateQueryFilter($"status eq {RunEntity.Word(RunStatus.Queued)} or status eq {RunEntity.Word(RunStatus.Running)}");

    public static string For(RunFilter filter, RunId? after)
    {
        var parts = new List<string>
        {
            filter.Kind is { } kind
                ? TableClient.CreateQueryFilter($"kind eq {RunEntity.Word(kind)}")
                : TableClient.CreateQueryFilter($"kind ne {RunEntity.Word(RunKind.Test)}"),
        };
        if (filter.Integration is { } integration) parts.Add(TableClient.CreateQueryFilter($"integration eq {integration.Value}"));
        if (filter.Statuses is { Count: > 0 } statuses)
        {
            var any = statuses.Select(one => TableClient.CreateQueryFilter($"status eq {RunEntity.Word(one)}"));
            parts.Add($"({string.Join(" or ", any)})");
        }

        if (filter.By is { } by) parts.Add(TableClient.CreateQueryFilter($"by eq {by}"));
        if (filter.From is { } from) parts.Add($"not {Before(from)}");
        if (filter.To is { } to) parts.Add(Before(to));
        if (after is { } last) parts.Add(Behind(last));
        return string.Join(" and ", parts);
    }

    /// <summary>Those that are older than a run.</summary>
    public static string Behind(RunId run)
    {
        var key = RunKey.Of(run);
        return TableClient.CreateQueryFilter(
            $"(PartitionKey gt {key.Partition} or (PartitionKey eq {key.Partition} and RowKey gt {key.Row}))");
    }

    /// <summary>Imports whose files arrived from the day of one time to that of another, whatever became of them.</summary>
    public static string Arrived(IntegrationId? integration, DateTimeOffset from, DateTimeOffset to)
    {
        // A file in which rejected rows came back is a fix.
        var (import, fix) = (RunEntity.Word(RunKind.Import), RunEntity.Word(RunKind.Fix));
        var filter = $"{OfDays(from, to)} and ({TableClient.CreateQueryFilter($"kind eq {import} or kind eq {fix}")})";
        return integration is { } of ? $"{filter} and {TableClient.CreateQueryFilter($"integration eq {of.Value}")}" : filter;
    }

    /// <summary>Test runs of these days that haven't ended.</summary>
    public static string OpenTests(DateTimeOffset from, DateTimeOffset to) =>
        $"{OfDays(from, to)} and {TableClient.CreateQueryFilter($"kind eq {RunEntity.Word(RunKind.Test)}")} and ({Open})";

    /// <summary>Runs of whose ids the time is before this one, to the second.</summary>
    private static string Before(DateTimeOffset at)
    {
        // Keys count down, and what follows the time in a row sorts before a tilde.
        var (day, time) = (RunKey.Day(at), $"{RunKey.Time(at)}~");
        return TableClient.CreateQueryFilter($"(PartitionKey gt {day} or (PartitionKey eq {day} and RowKey gt {time}))");
    }

    private static string OfDays(DateTimeOffset from, DateTimeOffset to)
    {
        var (newest, oldest) = (RunKey.Day(to), RunKey.Day(from));
        return TableClient.CreateQueryFilter($"PartitionKey ge {newest} and PartitionKey le {oldest}");
    }
}
