using System.ComponentModel.DataAnnotations;
using Usage.Core.Files;
using Usage.Core.Products;
using Usage.Core.Snapshots;

namespace Usage.Functions.Settings;

/// <summary>The app settings <c>Usage__…</c>; a value that can't be is told at the start, by name.</summary>
public sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <summary>IANA or Windows id of the zone whose calendar dates files arrive on. Default UTC.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Bytes of a batch, each read by one activity; 1 makes a batch of every row. Default 4 MB, at most 64 MiB.</summary>
    [Range(1, 64 << 20)]
    public int BatchBytes { get; set; } = 4_000_000;

    /// <summary>
    /// Rows for each partition of a file's accounts, which are merged and written by one activity; there are 100 partitions at most.
    /// Default 50,000.
    /// </summary>
    [Range(1, 10_000_000)]
    public int RowsPerPartition { get; set; } = Partitioning.DefaultRowsPerPartition;

    /// <summary>Blocks of accounts that are told at once before they are written; a cancelled run still writes what is told.</summary>
    [Range(1, 1_000)]
    public int GroupsPerPiece { get; set; } = 24;

    /// <summary>
    /// Table transactions of one process under way at the same time, at most. Default 32; how many the storage makes use of is found while
    /// it is written to: an emulator of few, Azure of some ten.
    /// </summary>
    [Range(1, 64)]
    public int TransactionsAtOnce { get; set; } = 32;

    /// <summary>Hours before a file's arrival in which an earlier file, whose event is late, is looked for. Default 24.</summary>
    [Range(0, 24 * 30)]
    public int LateEventHours { get; set; } = 24;

    /// <summary>What a file may measure: <c>Usage__Limits__MaxFileBytes</c> and so on.</summary>
    public FileLimits Limits { get; set; } = new();

    /// <summary>
    /// Dimensions of one product; <c>Usage__Limits__MaxDimensions</c>. Default 240, at most 240: an entity has room for 252 properties.
    /// </summary>
    [Range(1, DimensionRules.DefaultMaxPerProduct)]
    [Display(Name = "Limits__MaxDimensions")]
    public int MaxDimensions { get; set; } = DimensionRules.DefaultMaxPerProduct;

    // A method: validation reads every property, before it is known that there is such a zone.
    public TimeZoneInfo GetZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
