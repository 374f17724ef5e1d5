using System.Text;
using Usage.Core.Outbound;

namespace Usage.Core.Tests.Outbound;

public sealed class WebhookSignatureTests
{
    [Fact]
    public void Signature_is_that_of_the_published_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Fact]
    public void Plain_secret_is_the_key_as_it_stands()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1);
        var expected = System.Security.Cryptography.HMACSHA256.HashData("key"u8, "id.1.body"u8);

        Assert.Equal($"v1,{Convert.ToBase64String(expected)}", WebhookSignature.Sign("key", "id", at, "body"u8));
    }

    [Theory]
    [InlineData("@secret:A", true)]
    [InlineData("Bearer @secret:A_1", true)]
    [InlineData("@secret:1", false)]
    [InlineData("secret:A", false)]
    public void Secrets_are_known_by_their_mark(string text, bool has) => Assert.Equal(has, SecretText.Has(text));
}
