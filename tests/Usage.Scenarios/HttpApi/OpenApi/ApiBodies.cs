using System.Globalization;
using System.Text;

namespace Usage.Scenarios.HttpApi.OpenApi;

/// <summary>Bodies of requests that are right, each with as many members as there are.</summary>
/// <param name="set">The product with usage.</param>
internal sealed class ApiBodies(UsageSet set)
{
    /// <summary>Names what is made and deleted by the way.</summary>
    public string Spare { get; } = $"{set.Product}-spare";

    public string Integration => $$$"""
        {"name":"Usage","match":[{"by":"crmId","column":["customer","id"]}],"allowMultipleRowsPerCustomer":true,
         "products":[{"product":"{{{set.Product}}}","dateColumn":"day","dimensions":[{"column":"mau","dimension":"mau",
             "number":{"affixes":["users"],"percent":"keep","parentheses":true,"trailingMinus":true,"grouping":"standard"}},
           {"column":"active","dimension":"active","create":{"name":"Active","dataType":"boolean","aggregate":"last"},
             "boolean":{"true":["J"],"false":["N"]}},
           {"column":"plan","dimension":"plan","create":{"name":"Plan","dataType":"text","aggregate":"last"}}]}],
         "file":{"delimiter":",","encoding":"utf-8","dateFormats":["dd.MM.yyyy"],"decimalSeparator":".","nullTokens":["-"]},
         "onError":{"mode":"skipRow","maxErrors":1000000,"maxErrorPercent":99.5},
         "source":{"url":"https://export.invalid/usage.csv","headers":{"Authorization":"@secret:EXPORT"},"schedule":"0 0 2 * * *"},
         "notify":{"url":"https://hook.invalid/usage","secret":"@secret:HOOK"}}
        """;

    public string Segment => $$"""
        {"name":"S","all":[{"product":"{{set.Product}}","dimension":"mau","op":"gt","value":1},
                           {"product":"{{set.Product}}","dimension":"plan","op":"exists"}]}
        """;

    public static string Product => """{"name":"Product","snapshotPeriod":"monthly"}""";

    public static string Dimension => """{"name":"MAU","dataType":"numeric","aggregate":"last"}""";

    public string Key => $$"""{"name":"Team {{Spare}}","role":"dropper","integrations":["{{set.Product}}"]}""";

    public string Account =>
        $$"""{"name":"Account","crmId":"{{Spare}}","domains":["{{Spare}}.example"],"aliases":["Alias {{Spare}}"]}""";

    public static string Fix =>
        """{"rules":[{"column":"mau","found":"N/A","becomes":"1"}],"rows":[{"row":7,"cells":{"id":"nobody","mau":"2"}}]}""";

    public string Resolve(string what, string key) =>
        $$"""{"integration":"{{set.Product}}","by":"crmId","key":"{{key}}",{{what}}}"""
            .Replace("ACCOUNT", set.Account(0), StringComparison.Ordinal).Replace("SPARE", Spare, StringComparison.Ordinal);

    public string Rows(int count) => Rows(set, count);

    public static string Rows(UsageSet set, int count)
    {
        var csv = new StringBuilder("id,day,mau,plan,active\n");
        for (var i = 0; i < count; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{set.Product}-{i % 3},2024-{i % 12 + 1:D2}-15,{i},Pro,true\n");
        return csv.ToString();
    }

    public string Form() =>
        $"--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{Rows(2)}\r\n--part\r\nContent-Disposition: "
            + $"form-data; name=\"integration\"\r\n\r\n{Integration}\r\n--part--\r\n";
}
