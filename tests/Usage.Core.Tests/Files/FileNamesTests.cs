using Usage.Core.Files;

namespace Usage.Core.Tests.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("usage.csv")]
    [InlineData("2025-03/ü 😀/usage")]
    [InlineData("..usage.csv")]
    public void Name_is_a_path_in_the_folder(string name) => Assert.Null(FileNames.Problem(name));

    [Theory]
    [InlineData("")]
    [InlineData("/usage.csv")]
    [InlineData("a//usage.csv")]
    [InlineData("../usage.csv")]
    [InlineData("a/./usage.csv")]
    [InlineData("usage.csv.")]
    [InlineData("a\\usage.csv")]
    [InlineData("a\nb")]
    public void Name_that_leaves_it_is_refused(string name) =>
        Assert.Contains("expected a file name", FileNames.Problem(name), StringComparison.Ordinal);

    // Not as data of a theory, which can't hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("expected a file name", FileNames.Problem("\ud83d.csv"), StringComparison.Ordinal);

    [Fact]
    public void Name_has_its_length()
    {
        Assert.Null(FileNames.Problem(new string('x', 900)));
        Assert.Equal("found 901 characters, expected at most 900", FileNames.Problem(new string('x', 901)));
    }
}
