namespace Usage.Core.Snapshots;

/// <summary>Where a partition's entries are in a batch's blob of entries; a length of 0 needs no download.</summary>
public readonly record struct PartitionSlice(long Offset, long Length, long Entries);
