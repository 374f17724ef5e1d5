using System.Text;
using Usage.Core.Integrations;
using Usage.Core.Products;
using Usage.Core.Reports;
using Usage.Core.Values.Columns;
using Usage.Core.Values.Numbers;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;
using Usage.Functions.Integrations;
using Usage.Functions.Products;
using Usage.Functions.Reports;

namespace Usage.Functions.Tests.Http;

public sealed class JsonBodyTests
{
    public static MatrixTheoryData<SegmentOperator, string> Conditions =>
        new(Enum.GetValues<SegmentOperator>(), ["1.5", "\"x\"", "true", "null"]);

    [Theory]
    [InlineData("""{"name":"A","snapshotPeriod":"monthly"}""")]
    [InlineData("""{"name":"A","snapshotPeriod":null}""")]
    [InlineData("""{"name":"A"}""")]
    public void What_fits_is_read(string json) => Assert.Empty(Parse<ProductBody>(json).Errors);

    [Theory]
    [InlineData("Monthly")]
    [InlineData("monthly ")]
    [InlineData("monthly, daily")]
    [InlineData("3")]
    public void Words_are_taken_as_they_are_written(string period) => Assert.Equal(
        [new ApiError("invalid-value", "snapshotPeriod",
            $"found \"{period}\", expected one of \"single\", \"daily\", \"weekly\", \"monthly\", \"quarterly\", \"yearly\"")],
        Parse<ProductBody>($$"""{"name":"A","snapshotPeriod":"{{period}}"}""").Errors);

    [Theory]
    [InlineData("[1]", "found a list, expected a number, a text, true or false")]
    [InlineData("{}", "found an object, expected a number, a text, true or false")]
    public void Types_are_called_as_people_call_them(string value, string message)
    {
        var (_, errors) = Parse<SegmentBody>($$"""{"name":"S","all":[{"product":5,"dimension":"mau","op":"eq","value":{{value}}}]}""");
        Assert.Equal(
            [new ApiError("wrong-type", "all[0].product", "found 5, expected a text"), new ApiError("wrong-type", "all[0].value", message)],
            errors);
    }

    [Fact]
    public void What_is_wrong_gets_a_stand_in_so_that_the_rest_can_be_looked_at()
    {
        var (body, errors) = Parse<IntegrationBody>("""
            {"name":"","match":[{"by":"nobody","column":"id"},{"column":5}],"colour":"red","file":7,
             "onError":{"mode":"skipRow","maxErrors":-1},
             "products":[{"product":"P","dateColumn":true,"dimensions":[{"column":"mau"}]}]}
            """);
        Assert.Equal(
            [
                "invalid-value match[0].by", "wrong-type match[1].column", "missing-member match[1].by", "unknown-member colour",
                "wrong-type file",
                "invalid-value products[0].product", "wrong-type products[0].dateColumn",
                "missing-member products[0].dimensions[0].dimension",
            ],
            errors.Select(error => $"{error.Code} {error.Path}"),
            Comparer);
        Assert.Equal(("", -1, ErrorMode.SkipRow), (body!.Name, body.OnError.MaxErrors, body.OnError.Mode));
        Assert.Equal(((ColumnNames)"id", 2), (body.Match[0].Column, body.Match.Count));
        Assert.Equal((null, (ColumnNames)"mau"), (body.Products[0].DateColumn, body.Products[0].Dimensions[0].Column));
    }

    [Theory]
    [InlineData("\"mau\"")]
    [InlineData("[\"mau\"]")]
    [InlineData("[\"MAU\",\"Monthly users\"]")]
    public void Column_is_named_once_or_by_a_list_and_answered_as_it_was_given(string column)
    {
        var (body, errors) = Parse<IntegrationBody>($$"""{"name":"A","match":[{"by":"crmId","column":{{column}}}]}""");
        Assert.Empty(errors);
        Assert.Equal(column, System.Text.Json.JsonSerializer.Serialize(body!.Match[0].Column, Usage.Core.CoreJson.Options));
    }

    [Theory]
    [InlineData("[1]", "found a list, expected a column's name, or a list of names")]
    [InlineData("{}", "found an object, expected a column's name, or a list of names")]
    [InlineData("null", "found null, expected a column's name, or a list of names")]
    public void Column_is_nothing_else(string column, string message) => Assert.Equal(
        [new ApiError("wrong-type", "match[0].column", message)],
        Parse<IntegrationBody>($$"""{"name":"A","match":[{"by":"crmId","column":{{column}}}]}""").Errors);

    [Fact]
    public void Numbers_and_booleans_are_declared_by_their_words()
    {
        var (body, errors) = Parse<IntegrationBody>("""
            {"name":"A","products":[{"product":"p","dimensions":[
              {"column":"a","dimension":"a",
               "number":{"affixes":["$"],"percent":"divide","parentheses":true,"trailingMinus":true,"grouping":"indian"}},
              {"column":"b","dimension":"b","boolean":{"true":["J"],"false":["N"]}}]}],"file":{"decimalSeparator":null}}
            """);
        Assert.Empty(errors);
        var number = body!.Products[0].Dimensions[0].Number!;
        Assert.Equal(("$", PercentSign.Divide, true, true, DigitGrouping.Indian),
            (number.Affixes[0], number.Percent!.Value, number.Parentheses, number.TrailingMinus, number.Grouping));
        Assert.Equal(["J", "N"], body.Products[0].Dimensions[1].Boolean!.True.Concat(body.Products[0].Dimensions[1].Boolean!.False));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    public void What_is_no_object_leaves_nothing_to_look_at(string json)
    {
        var (body, errors) = Parse<ProductBody>(json);
        Assert.Null(body);
        Assert.Single(errors);
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Every_operator_and_every_kind_of_value_is_read_as_it_is_written(SegmentOperator op, string value)
    {
        var word = System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{op}");
        var (body, errors) = Parse<SegmentBody>(
            $$"""{"name":"S","all":[{"product":"p","dimension":"d","op":"{{word}}","value":{{value}}}]}""");
        Assert.Empty(errors);
        Assert.Equal((op, value),
            (body!.All[0].Op, System.Text.Json.JsonSerializer.Serialize(body.All[0].Value, Usage.Core.CoreJson.Options)));
    }

    [Fact]
    public void Aggregate_of_a_dimension_is_last_unless_it_is_said() =>
        Assert.Equal(Aggregate.Last, Parse<DimensionFunctions.Body>("""{"name":"A","dataType":"text"}""").Value!.Aggregate);

    private static IEqualityComparer<string> Comparer => StringComparer.Ordinal;

    private static (T? Value, IReadOnlyList<ApiError> Errors) Parse<T>(string json)
        where T : class => JsonBody.Parse<T>(Encoding.UTF8.GetBytes(json));
}
