using FsCheck;
using FsCheck.Fluent;
using Usage.Core.Accounts.Keys;

namespace Usage.Core.Tests.Accounts;

public sealed class AccountKeysTests
{
    [Theory]
    [InlineData("0018000000MxEKN", "0018000000MxEKNAA3")]
    [InlineData("001A0000006Vm9r", "001A0000006Vm9rIAC")]
    [InlineData("500D0000001234A", "500D0000001234AIAQ")]
    [InlineData("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaAAA")]
    [InlineData("AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA555")]
    public void Salesforce_ids_have_two_forms(string shorter, string longer)
    {
        Assert.Equal(longer, SalesforceId.OtherForm(shorter));
        Assert.Equal(shorter, SalesforceId.OtherForm(longer));
        Assert.Equal(CrmKey.Of(shorter), CrmKey.Of($" {longer} "));
    }

    [Theory]
    [InlineData("0018000000MxEKNAA4")] // the last three are wrong
    [InlineData("0018000000MxEK")]
    [InlineData("0018000000MxE-N")]
    [InlineData("")]
    public void Other_texts_are_no_Salesforce_ids(string text)
    {
        Assert.Null(SalesforceId.OtherForm(text));
        Assert.Equal(text, CrmKey.Of(text));
    }

    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData(" ACME.COM. ", "acme.com")]
    [InlineData("www.acme.com", "acme.com")]
    [InlineData("http://acme.com", "acme.com")]
    [InlineData("https://user:secret@www.acme.com:8443/a/b?c=d@e#f", "acme.com")]
    [InlineData("//acme.com/x", "acme.com")]
    [InlineData("acme.com/x", "acme.com")]
    [InlineData("acme.com:443", "acme.com")]
    [InlineData("mailto:jane@acme.com?subject=x", "acme.com")]
    [InlineData("Jane Doe <jane+usage@eu.acme.com>", "eu.acme.com")]
    [InlineData("Bücher.example", "xn--bcher-kva.example")]
    [InlineData("info@BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("日本。jp", "xn--wgv71a.jp")]
    [InlineData("www.com", "www.com")]
    [InlineData("wwwacme.com", "wwwacme.com")]
    [InlineData("acme-rockets.io", "acme-rockets.io")]
    public void Domain_is_taken_from_a_domain_URL_or_mail_address(string text, string expected) =>
        Assert.Equal(expected, DomainKey.Of(text));

    [Theory]
    [InlineData("acme")]
    [InlineData("localhost:8080")]
    [InlineData("192.168.0.1")]
    [InlineData("http://[::1]/")]
    [InlineData("two words.com")]
    [InlineData("a@x.com; b@y.com ;")]
    [InlineData("acme..com")]
    [InlineData("-acme.com")]
    [InlineData("under_score.com")]
    [InlineData("@")]
    [InlineData("://")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("n/a")]
    public void Other_texts_hold_no_domain(string text) => Assert.Null(DomainKey.Of(text));

    [Theory]
    [InlineData("yahoo.co.uk")]
    [InlineData("hotmail.fr")]
    [InlineData("gmx.de")]
    [InlineData("proton.me")]
    [InlineData("qq.com")]
    public void Free_mail_is_known_in_many_countries(string domain) => Assert.True(FreeMail.Is(domain));

    [Theory]
    [InlineData("yahoo-inc.com")]
    [InlineData("live.acme.com")]
    [InlineData("microsoft.com")]
    [InlineData("live.academy")]
    [InlineData("live.github.io")]
    public void Company_domains_are_no_free_mail(string domain) => Assert.False(FreeMail.Is(domain));

    [Theory]
    [InlineData("a.b.acme.com", "b.acme.com")]
    [InlineData("acme.com", "")]
    [InlineData("acme.co.uk", "")]
    [InlineData("shop.acme.co.uk", "acme.co.uk")]
    [InlineData("acme.azurewebsites.net", "")]
    [InlineData("acme.github.io", "")]
    [InlineData("mail.id.me", "id.me")]
    [InlineData("shop.ad.nl", "ad.nl")]
    [InlineData("acme.b.kobe.jp", "")]
    [InlineData("tax.city.kobe.jp", "city.kobe.jp")]
    [InlineData("acme.xn--55qx5d.cn", "")]
    [InlineData("shop.acme.xn--55qx5d.cn", "acme.xn--55qx5d.cn")]
    [InlineData("acme.unheardof", "")]
    [InlineData("x.gmail.com", "")]
    public void Parent_is_never_a_public_suffix_nor_free_mail(string domain, string expected) =>
        Assert.Equal(expected, DomainKey.Parent(domain).ToString());

    [Theory]
    [InlineData("Acme", "acme")]
    [InlineData("  ACME\u00a0\u3000 Rockets ", "acme rockets")]
    [InlineData("Acme, Inc.", "acme")]
    [InlineData("Acme Corporation", "acme")]
    [InlineData("Acme Co., Ltd.", "acme")]
    [InlineData("Acme Holding GmbH & Co. KG", "acme holding")]
    [InlineData("Acme Pty Ltd", "acme")]
    [InlineData("Acme S.A.", "acme")]
    [InlineData("Acme S.p.A.", "acme")]
    [InlineData("Acme B.V.", "acme")]
    [InlineData("Acme A/S", "acme")]
    [InlineData("Acme K.K.", "acme")]
    [InlineData("Acme ApS", "acme")]
    [InlineData("Ａｃｍｅ", "acme")] // full width
    [InlineData("ﬁne Foods", "fine foods")] // a ligature
    [InlineData("Straße", "strasse")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    [InlineData("οδος", "οδοσ")]
    [InlineData("Acme\u2013Rockets", "acme rockets")]
    [InlineData("O'Neill & Sons", "o neill sons")]
    [InlineData("AT&T", "at t")]
    [InlineData("Ac\u00adme\u200b", "acme")] // invisible characters
    [InlineData("Acme®", "acme")]
    [InlineData("Company", "company")] // a name that is nothing but a suffix stays
    [InlineData("The Company", "the")]
    [InlineData("Co. Ltd.", "co")]
    [InlineData("SAP SE", "sap se")]
    [InlineData("Incorporated Ideas", "incorporated ideas")] // only at the end
    public void Name_loses_what_varies(string text, string expected) => Assert.Equal(expected, NameKey.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData(" -.,\u00a0")]
    public void Name_without_a_word_is_no_key(string text) => Assert.Null(NameKey.Of(text));

    [Fact]
    public void Half_a_character_in_a_name_is_no_exception() => Assert.Equal("acme", NameKey.Of("Acme \ud83d"));

    [Fact]
    public void Keys_of_keys_are_the_same_keys()
    {
        var word = Gen.Elements("Acme", "Straße", "İstanbul", "ﬁne", "ΟΔΟΣ", "S.A.", "Inc", "&", "Co", "Ａ", "b", "s", "a", "®", "e\u0301",
            "\u1e9e", "ŉ");
        var texts = Gen.OneOf(word.ArrayOf().Select(w => string.Join(' ', w)),
            ArbMap.Default.GeneratorFor<string>().Where(t => t is not null));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            if (NameKey.Of(text) is { } name) Assert.Equal(name, NameKey.Of(name));
            if (DomainKey.Of(text) is { } domain) Assert.Equal(domain, DomainKey.Of(domain));
            return true;
        }));
    }
}
