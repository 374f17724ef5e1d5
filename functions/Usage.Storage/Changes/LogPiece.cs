using Usage.Core.Changes;
using Usage.Core.Ids;
using Usage.Core.Integrations;

namespace Usage.Storage.Changes;

/// <summary>Where a piece of a run's log is, and which blocks of accounts it has.</summary>
/// <param name="Partition">Of the run.</param>
/// <param name="Offset">In the partition's log.</param>
/// <param name="Length">In bytes, with what frames it.</param>
/// <param name="First">The lowest block.</param>
/// <param name="Last">The highest block.</param>
public sealed record LogPiece(int Partition, long Offset, int Length, int First, int Last)
{
    /// <summary>Groups, by their places, that Azure refused: they were told, and never written.</summary>
    public IReadOnlyList<int> Without { get; init; } = [];

    /// <summary>Of the partition's log, where an erase has written it anew; null: it is as the run wrote it.</summary>
    public string? Copy { get; init; }

    /// <summary>Of its groups; null in what was written before that was kept.</summary>
    public LogSpan? Span { get; init; }

    /// <summary>Whether it may have a group.</summary>
    /// <param name="product">Its place in the log's header.</param>
    public bool MayHave(int product, DateOnly date, int block) =>
        block >= First && block <= Last && Span?.MayHave(product, date) != false;
}

/// <summary>The lowest and the highest place of a product, and the first and the last date.</summary>
public sealed record LogSpan(int FirstProduct, int LastProduct, DateOnly FirstDate, DateOnly LastDate)
{
    public static LogSpan Of(IReadOnlyList<GroupWrites> groups) => new(
        groups.Min(group => group.Product), groups.Max(group => group.Product), groups.Min(group => group.Date),
        groups.Max(group => group.Date));

    public bool MayHave(int product, DateOnly date) =>
        product >= FirstProduct && product <= LastProduct && date >= FirstDate && date <= LastDate;
}

/// <summary>What the numbers in a run's log stand for.</summary>
public sealed record LogHeader(IReadOnlyList<LogProduct> Products)
{
    public static LogHeader Of(ImportMapping mapping) =>
        new([.. mapping.Products.Select(product => new LogProduct(product.Id, [.. product.Dimensions.Select(dimension => dimension.Id)]))]);
}

public sealed record LogProduct(ProductId Id, IReadOnlyList<DimensionId> Dimensions);
