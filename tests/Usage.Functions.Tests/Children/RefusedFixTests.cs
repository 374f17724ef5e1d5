using System.Text;
using Usage.Core.Runs;
using Usage.Functions.Tests.Http;
using Usage.Functions.Tests.Imports;

namespace Usage.Functions.Tests.Children;

/// <summary>What is wrong with a fix is told at once, as it is when it is only asked what that would do.</summary>
public sealed class RefusedFixTests(ImportHost host, RefusedFixTests.OneRun one) : IClassFixture<RefusedFixTests.OneRun>
{
    private readonly ApiCaller _api = new(host.Get<IServiceProvider>(), host.Client);

    public static TheoryData<string, string[]> Fixes => new()
    {
        { "{}", ["required"] },
        { """{"rules":[],"rows":[]}""", ["required"] },
        { """{"rules":[{"column":"logins","found":"a","becomes":"b"}]}""", ["unknown-column rules[0].column"] },
        {
            """
            {"rows":[{"row":0,"cells":{"seats":""}},{"row":4,"cells":{"logins":""}},{"row":1,"cells":{}},{"row":1,"cells":{"seats":""}}]}
            """,
            ["duplicate rows[3].row", "out-of-range rows[0].row", "out-of-range rows[1].row", "required rows[2].cells",
                "unknown-column rows[1].cells.logins"]
        },
        { """{"rows":[{"row":1,"cells":{"seats":"1","seats":"2"}}]}""", ["malformed-json"] },
        { """{"rows":[{"row":2,"cells":{"seats":"1","SEATS":"2"}}]}""", ["duplicate rows[0].cells.SEATS"] },
        {
            """{"rules":[{"column":"seats","found":"a","becomes":"1"},{"column":"SEATS ","found":" a","becomes":"2"}]}""",
            ["duplicate rules[1].found"]
        },
        {
            """{"rules":[{"column":"seats","found":"a\u0000","becomes":"b\u0000"}],"rows":[{"row":2,"cells":{"plan":"\u0000"}}]}""",
            ["invalid rows[0].cells.plan", "invalid rules[0].becomes"]
        },
        { """{"rules":[null],"rows":[{"row":2,"cells":{"seats":null}}]}""", ["wrong-type rows[0].cells.seats", "wrong-type rules[0]"] },
        { """{"rules":[{"column":"seats","found":"a"}],"line":1}""", ["missing-member rules[0].becomes", "unknown-member line"] },
        {
            $$"""{"rules":[{"column":"seats","found":"a","becomes":"{{new string('x', 32_768)}}"}]}""",
            ["too-long rules[0].becomes"]
        },
    };

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task Fix_that_can_not_be_is_refused(string body, string[] errors)
    {
        foreach (var path in new[] { "fixes", "fixes?preview=true" })
            Assert.Equal(errors, (await PostAsync(path, body)).Is(400).Errors);
        Assert.Empty((await host.Runs.GetAsync(one.Run.Id, default)).Run.Children);
    }

    [Fact]
    public async Task Import_anew_takes_a_version_and_nothing_else() =>
        Assert.Equal(["unknown-member versions"], (await PostAsync("again", """{"versions":1}""")).Is(400).Errors);

    private Task<ApiAnswer> PostAsync(string path, string body) =>
        _api.SendAsync("POST", $"runs/{one.Run.Id}/{path}", Encoding.UTF8.GetBytes(body));

    /// <summary>The same for all, which change nothing of it.</summary>
    public sealed class OneRun(ImportHost host) : IAsyncLifetime
    {
        public Run Run { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var integration = await host.AddIntegrationAsync();
            var file = "account,day,seats,plan\nacme,2026-08-01,1,Pro\nacme,2026-08-02,N/A,Pro\nnobody,2026-08-01,7,Max\n"u8.ToArray();
            Run = await host.ImportAsync(await host.DropBytesAsync(integration.Id.Value, file, "october.csv"));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
