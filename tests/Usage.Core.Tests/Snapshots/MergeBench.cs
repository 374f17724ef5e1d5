using System.Globalization;
using Usage.Core.Ids;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Snapshots;
using Usage.Core.Snapshots.Entries;
using Usage.Core.Snapshots.Merging;
using Usage.Core.Values;

namespace Usage.Core.Tests.Snapshots;

/// <summary>
/// A merge of rows told one by one, each a batch of its own: one product by month, a numeric, a text and a boolean dimension.
/// </summary>
internal sealed class MergeBench(bool history = false, Aggregate aggregate = Aggregate.Last)
{
    private readonly List<byte[]> _slices = [];

    public ImportMapping Mapping { get; } = new()
    {
        Integration = new Integration { Id = new IntegrationId("usage"), Name = "Usage", AllowMultipleRowsPerCustomer = history },
        Products =
        [
            new MappedProduct
            {
                Id = new ProductId("platform"),
                Name = "Platform",
                Period = SnapshotPeriod.Monthly,
                DateColumn = "day",
                Dimensions =
                [
                    Dimension("mau", DataType.Numeric, aggregate),
                    Dimension("plan", DataType.Text, aggregate == Aggregate.First ? Aggregate.First : Aggregate.Last),
                    Dimension("active", DataType.Boolean, Aggregate.Last),
                ],
            },
        ],
        ArrivalDate = new DateOnly(2026, 11, 22),
        TimeZone = "UTC",
    };

    public MergeTally Tally { get; private set; } = new();

    /// <param name="refused">Mau was refused.</param>
    /// <param name="cleared">Mau is to be taken away.</param>
    public MergeBench Row(long row, string day, double? mau = null, string? plan = null, bool? active = null, int account = 0,
        bool clean = true, bool refused = false, bool cleared = false)
    {
        using var buffer = new EntryBuffer(row, 1, 1_000);
        if (mau is { } number) buffer.AddNumber(0, number);
        if (refused) buffer.AddRefused(0);
        if (cleared) buffer.AddCleared(0);
        if (plan is not null) buffer.AddText(1, System.Text.Encoding.UTF8.GetBytes(plan));
        if (active is { } boolean) buffer.AddBoolean(2, boolean);
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);
        buffer.AddEntry(account, 0, SnapshotDates.Snap(SnapshotPeriod.Monthly, date).DayNumber, date.DayNumber, row);
        return Keep(buffer, clean && !refused);
    }

    public MergeBench UndatedRow(long row, int account = 0)
    {
        using var buffer = new EntryBuffer(row, 1, 1_000);
        buffer.AddUndated(account, 0, row);
        return Keep(buffer, clean: false);
    }

    public async Task<IReadOnlyList<SnapshotGroup>> GroupsAsync(long previewRows = 0)
    {
        var merge = new PartitionMerge(Mapping, new MergeOptions { Rows = 1_000, PreviewRows = previewRows });
        var groups = await merge.ReadAsync(_slices.Select(slice => new MemoryStream(slice))).ToListAsync();
        Tally = merge.Tally;
        return groups;
    }

    /// <summary>A line for each snapshot, as in <c>0 2026-10-01 row 3: mau 5, plan Pro</c>.</summary>
    public async Task<string[]> SnapshotsAsync() =>
    [
        .. from stored in await GroupsAsync()
           from snapshot in stored.Snapshots
           let values = Mapping.Products[0].Dimensions.Select((dimension, i) => (dimension.Id, Value: snapshot.Values.Span[i]))
               .Where(pair => pair.Value is not null)
           select FormattableString.Invariant($"{snapshot.Account} {stored.Date:yyyy-MM-dd} row {snapshot.Row}: ")
               + string.Join(", ", values.Select(pair => $"{pair.Id} {pair.Value}")),
    ];

    private MergeBench Keep(EntryBuffer buffer, bool clean)
    {
        buffer.KeepRow(clean, default);
        using var stream = new MemoryStream();
        buffer.WriteTo(stream);
        _slices.Add(stream.ToArray());
        return this;
    }

    private static MappedDimension Dimension(string id, DataType type, Aggregate aggregate) =>
        new() { Column = id, Id = new DimensionId(id), DataType = type, Aggregate = aggregate };
}
