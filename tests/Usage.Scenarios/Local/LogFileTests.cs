using Usage.Local.Host;

namespace Usage.Scenarios.Local;

public sealed class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("usage-log-").FullName;

    private string Log => Path.Combine(_folder, "app.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_log_is_its_users_alone_even_one_that_an_earlier_version_wrote(bool isThere)
    {
        if (isThere) File.WriteAllText(Log, "before\n");
        using (var log = new LogFile(Log)) log.Write("now");

        Assert.EndsWith("now\n", File.ReadAllText(Log), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));
    }

    [Theory]
    [InlineData("GET /api/runs?code=abc123&top=5", "GET /api/runs?code=…&top=5")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc/+123==;EndpointSuffix=core.windows.net",
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=…;EndpointSuffix=core.windows.net")]
    [InlineData("https://a.blob.core.windows.net/c/b?sv=1&sig=a%2Fb%3D", "https://a.blob.core.windows.net/c/b?sv=1&sig=…")]
    [InlineData("x-functions-key: abc123", "x-functions-key: …")]
    [InlineData("Run 1 of platform\u202E-usage", "Run 1 of platformU+202E-usage")]
    [InlineData("exit code 134, status code: 5", "exit code 134, status code: 5")]
    public void No_key_gets_into_the_log(string line, string written)
    {
        using (var log = new LogFile(Log)) log.Write(line);

        Assert.Equal($"{written}\n", File.ReadAllText(Log));
    }
}
