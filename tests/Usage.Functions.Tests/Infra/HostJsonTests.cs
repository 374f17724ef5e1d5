using Microsoft.Extensions.Configuration;
using Usage.Functions.Pulls.Downloads;
using Usage.Local.Machine;

namespace Usage.Functions.Tests.Infra;

public sealed class HostJsonTests
{
    private static readonly IConfiguration Host = new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(RepositoryRoot.Find(), "host.json")).Build();

    [Fact]
    public void The_longest_pull_ends_before_the_host_ends_it() =>
        Assert.InRange(Host.GetValue<TimeSpan>("functionTimeout"), new PullOptions().GetMaxDuration() + TimeSpan.FromMinutes(5),
            TimeSpan.FromHours(3));
}
