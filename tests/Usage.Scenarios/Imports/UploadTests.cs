using System.Security.Cryptography;
using System.Text;
using Usage.Scenarios.App;
using Usage.Scenarios.HttpApi;

namespace Usage.Scenarios.Imports;

/// <summary>Files of one name that are sent at the same time.</summary>
[Collection(SharedApp.Name)]
public sealed class UploadTests(AppFixture app)
{
    private const int AtOnce = 8;

    /// <param name="padding">Bytes behind the rows: a file of one block, and one of several.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(2_500_000)]
    public async Task Each_has_a_run_of_its_own_or_is_refused_and_contents_never_mix(int padding)
    {
        var page = await SourcePage.SetUpAsync(app);
        for (var round = 0; round < Scale.Rounds; round++)
        {
            var files = Enumerable.Range(0, AtOnce).Select(number => Csv(page, (round * AtOnce) + number, padding)).ToList();
            var path = $"integrations/{page.Integration}/files?name=round-{round}.csv";
            var answers = await Task.WhenAll(files.Select(file => ApiCall.SendAsync(app.Api.Http, "POST", path, file, "text/csv")));

            Assert.All(answers, answer => Assert.True(answer.Status is 202 or 409, $"{answer}"));
            Assert.All(answers.Where(answer => answer.Status == 409), answer => Assert.Equal(["changed name"], answer.Errors));
            var runs = files.Zip(answers).Where(sent => sent.Second.Status == 202)
                .Select(sent => (sent.First, Id: sent.Second.Json.GetProperty("runId").GetString()!)).ToList();
            Assert.NotEmpty(runs);
            Assert.Equal(runs.Count, runs.Select(run => run.Id).Distinct().Count());

            var blob = app.Imports.GetBlobClient($"{page.Integration}/round-{round}.csv");
            Assert.Contains((await blob.DownloadContentAsync()).Value.Content.ToString(), files);
            var imported = 0;
            foreach (var (file, id) in runs)
            {
                var run = await app.Api.EndOfAsync(id);
                if (run.GetProperty("status").GetString() == "succeeded")
                {
                    imported++;
                    var sent = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
                    Assert.Equal(sent, run.GetProperty("sha256").GetString());
                }
                else Assert.Contains("was replaced", run.GetProperty("error").GetProperty("message").GetString());
            }

            Assert.InRange(imported, 1, runs.Count);
        }
    }

    private static string Csv(SourcePage page, int number, int padding)
    {
        var csv = new StringBuilder($"{SourcePage.Header}\n{page.CrmIds[0]},{number},{number},plan {number},true\n");
        // Lines without anything are no rows.
        while (csv.Length < padding) csv.Append(' ', 10 + number).Append('\n');
        return csv.ToString();
    }
}
