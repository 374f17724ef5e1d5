using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Usage.Core.Access;
using Usage.Core.Ids;
using Usage.Core.Reports;
using Usage.Core.Values;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Storage.Products;
using Usage.Storage.Snapshots;

namespace Usage.Functions.Reports;

/// <summary>A dimension over time, from the points that are kept for each date.</summary>
public sealed class ReportFunction(ProductStore products, ReportPointStore points)
{
    public sealed record Body(ProductId Product, DimensionId Dimension, DataType DataType, IReadOnlyList<Point> Points);

    [JsonDerivedType(typeof(NumericPoint))]
    [JsonDerivedType(typeof(TextPoint))]
    [JsonDerivedType(typeof(BooleanPoint))]
    public abstract record Point([property: JsonPropertyOrder(-2)] DateOnly Date, [property: JsonPropertyOrder(-1)] long Accounts);

    public sealed record NumericPoint(DateOnly Date, long Accounts, double Sum, double Average, double Min, double Max)
        : Point(Date, Accounts);

    public sealed record TextPoint(DateOnly Date, long Accounts, IReadOnlyList<TextCount> Counts) : Point(Date, Accounts);

    public sealed record BooleanPoint(DateOnly Date, long Accounts, long True, long False) : Point(Date, Accounts);

    private static readonly Operation GetReport =
        new Operation(nameof(GetReport), "A dimension over time, a point for each date.", Audience.Reader)
        .With("from", "to").Answers<ReportFunction.Body>("Report");

    [Function(nameof(GetReport))]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/reports/{product}/{dimension}")] HttpRequest http,
        string product, string dimension, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(http, GetReport);
        var productId = request.Id<ProductId>(product, "product");
        var dimensionId = request.Id<DimensionId>(dimension, "dimension");
        var (from, to) = (request.Date("from"), request.Date("to"));
        if (request.Problem is { } problem) return problem;
        var kept = points.ListAsync(productId, dimensionId, from, to, cancellationToken).ToListAsync(cancellationToken);
        if (await products.GetAsync(productId, cancellationToken) is not { } stored) return ProblemAnswer.NotFound("product", product);
        if (stored.Value.Dimensions.FirstOrDefault(d => d.Id == dimensionId) is not { } found)
            return ProblemAnswer.NotFound("dimension", dimension);
        // Values of another type are an older dimension's under the same id.
        var same = (await kept).Where(point => point.Type == found.DataType && point.Accounts > 0);
        return Answer.Ok(new Body(productId, dimensionId, found.DataType, [.. same.Select(Shown)]));
    }

    private static Point Shown(ReportPoint point) => point.Type switch
    {
        DataType.Numeric => new NumericPoint(point.Date, point.Accounts, point.Sum, point.Average, point.Min, point.Max),
        DataType.Boolean => new BooleanPoint(point.Date, point.Accounts, point.True, point.False),
        _ => new TextPoint(point.Date, point.Accounts, point.Counts),
    };
}
