using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Usage.Core.Accounts;
using Usage.Core.Accounts.Matching;
using Usage.Core.Integrations;
using Usage.Core.Integrations.Rules;
using Usage.Core.Problems;
using Usage.Core.Products;
using Usage.Core.Runs;
using Usage.Core.Suggestions;
using Usage.Core.Tests.Snapshots;
using Usage.Core.Values;
using Usage.Testing.Suggestions;

namespace Usage.Core.Tests.Suggestions;

/// <summary>Proposals for exports of many systems, scored; and what an import with each of them comes to, as it stands.</summary>
public sealed class SuggestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => new(SuggestFolder.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_column_is_a_key_that_is_none(string name) => Assert.Empty((await Proposed.OfAsync(name)).Score.WrongKeys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_is_told_the_same_each_time(string name) =>
        Assert.Equal((await Proposed.OfAsync(name)).Answer.ToJsonString(), (await Proposed.OfAsync(name)).Answer.ToJsonString());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Import_with_the_proposal_accepts_it_as_it_stands(string name)
    {
        var proposed = await Proposed.OfAsync(name);
        var wrong = IntegrationRules.Validate(proposed.Suggestion.Integration, proposed.Products)
            .Where(problem => problem.Kind != ProblemKind.Warning);
        Assert.Empty(wrong);
        if (proposed.Case.TestRun is not { } expected) return;
        var result = await proposed.ImportAsync();
        Assert.Null(result.Undecided);
        if (proposed.Case.RowAccounts is { } accounts)
            Assert.Equal(accounts.Take(100), result.Totals.Preview.Select(row => row.Account?.Id.Value));
        var rows = result.Totals.Close(result.Tally);
        Assert.Equal((string)expected["status"]!, CoreJson.Word(RunDecision.Status(rows)));
        var counts = JsonSerializer.SerializeToNode(rows, CoreJson.Options)!.AsObject();
        foreach (var (outcome, count) in expected["rows"]!.AsObject())
            Assert.True((long)count! == (long)counts[outcome]!, $"{outcome}: expected {count}, found {counts.ToJsonString()}");
    }

    [Fact]
    public async Task Proposals_get_nine_points_of_ten()
    {
        var missed = new List<string>();
        var all = 0;
        foreach (var name in SuggestFolder.Names)
        {
            var points = (await Proposed.OfAsync(name)).Score.Points();
            all += points.Count;
            missed.AddRange(points.Where(point => !point.Got).Select(point => $"{name}: {point.What}: found {point.Found}"));
        }

        TestContext.Current.SendDiagnosticMessage($"{all - missed.Count} of {all} points; {string.Join("; ", missed)}");
        Assert.True(missed.Count * 10 <= all, $"{missed.Count} of {all} points missed:\n{string.Join('\n', missed)}");
        Assert.DoesNotContain(missed, one => one.StartsWith("suggest-", StringComparison.Ordinal));
    }

    private sealed record Proposed(SuggestCase Case, Suggestion Suggestion, IReadOnlyDictionary<Core.Ids.ProductId, Product> Products)
    {
        public JsonObject Answer => JsonSerializer.SerializeToNode(Suggestion, CoreJson.Options)!.AsObject();

        public SuggestScore Score => new(Case, Answer, id => id);

        private List<NumberedAccount> Accounts => [.. Case.Accounts.Select((account, place) =>
            new NumberedAccount(place, account.Deserialize<Account>(CoreJson.Options)!))];

        public static async Task<Proposed> OfAsync(string name)
        {
            var file = SuggestFolder.Load(name);
            var products = file.Products.Select(product => product.Deserialize<Product>(CoreJson.Options)!).ToList();
            var proposed = new Proposed(file, null!, products.ToDictionary(product => product.Id));
            var (suggestion, error) = await IntegrationSuggester.SuggestAsync(
                new MemoryStream(file.Content), file.Name, new FileFormat(), products, new AccountMatcher(proposed.Accounts),
                DateOnly.FromDateTime(Now.Date), CancellationToken.None);
            Assert.Null(error);
            var made = suggestion!.Products.Select(product => new Product
            {
                Id = product.Id,
                Name = product.Name,
                SnapshotPeriod = product.SnapshotPeriod,
                Dimensions = product.Dimensions,
            });
            return proposed with { Suggestion = suggestion, Products = products.Concat(made).ToDictionary(product => product.Id) };
        }

        public Task<EngineResult> ImportAsync()
        {
            var mapping = ImportMappings.Pin(Suggestion.Integration, Products, new FileOrigin(Case.Name, null), Now, TimeZoneInfo.Utc);
            return new EngineImport(mapping, Accounts, BatchBytes: 1, Partitions: 3, Seed: 1).RunAsync(Text());
        }

        /// <summary>The file as UTF-8 text: how bytes become that is tested with the files' reading.</summary>
        private string Text()
        {
            using var file = new MemoryStream(Case.Content);
            using Stream unpacked = Suggestion.File.Kind == "gzip" ? new GZipStream(file, CompressionMode.Decompress) : file;
            var isWindows = Suggestion.File.Encoding == "windows-1252";
            var encoding = isWindows ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.UTF8;
            using var reader = new StreamReader(unpacked, encoding, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
    }
}
