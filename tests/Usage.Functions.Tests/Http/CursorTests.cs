using Usage.Functions.Http;

namespace Usage.Functions.Tests.Http;

public sealed class CursorTests
{
    [Theory]
    [InlineData("acme")]
    [InlineData("20261122T101530-0123456789ab")]
    [InlineData("Größe?>~ü")]
    public void Key_comes_back(string key)
    {
        var cursor = Cursor.Encode(key);
        Assert.Equal(cursor, Uri.EscapeDataString(cursor));
        Assert.True(Cursor.TryDecode(cursor, out var found));
        Assert.Equal(key, found);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not a cursor!")]
    [InlineData("_w")]
    public void Other_text_is_no_cursor(string text) => Assert.False(Cursor.TryDecode(text, out _));
}
