namespace Usage.Functions.Tests.Architecture;

public sealed class RoomTests
{
    [Theory]
    [InlineData("Usage.Core")]
    [InlineData("Usage.Storage")]
    [InlineData("Usage.Functions")]
    [InlineData("Usage.Host")]
    [InlineData("Usage.Local")]
    public void No_namespaces_need_each_other(string assembly)
    {
        var circles = Rooms.Of(assembly).Circles();
        Assert.True(circles.Count == 0, string.Join("\n\n", circles));
    }
}
