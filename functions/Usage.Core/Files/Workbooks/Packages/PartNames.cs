using System.Xml;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>The names of elements and attributes, which an XML reader keeps for ever: so there may only be so many.</summary>
internal sealed class PartNames : NameTable
{
    private const int Most = 10_000;

    private int _count;

    public override string Add(char[] key, int start, int len) => Get(key, start, len) ?? base.Add(Counted(key), start, len);

    public override string Add(string key) => Get(key) ?? base.Add(Counted(key));

    private T Counted<T>(T key) => ++_count <= Most ? key : throw WorkbookErrors.Broken($"XML with more than {Most} different names");
}
