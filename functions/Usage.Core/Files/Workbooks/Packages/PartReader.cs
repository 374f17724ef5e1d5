using System.Globalization;
using System.Xml;

namespace Usage.Core.Files.Workbooks.Packages;

/// <summary>
/// Reads one part's XML forwards, in bounded memory: without a DTD (so without entities of its own), each node, the depth and the number
/// of different names within limits. Names are compared without their namespace, of which there are two (strict and transitional).
/// </summary>
internal sealed class PartReader : IDisposable
{
    private const int MostDepth = 64;

    private readonly PartStream _part;
    private readonly XmlReader _xml;
    private readonly char[] _chunk = new char[1024];

    public PartReader(PartStream part)
    {
        _part = part;
        _xml = XmlReader.Create(part, new XmlReaderSettings
        {
            CloseInput = true,
            DtdProcessing = DtdProcessing.Prohibit,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = new PartNames(),
            XmlResolver = null,
        });
    }

    /// <summary>Unpacked bytes so far.</summary>
    public long BytesRead => _part.Total;

    public int Depth => _xml.Depth;

    public bool IsEmptyElement => _xml.IsEmptyElement;

    /// <summary>Of the element or its end.</summary>
    public string Name => _xml.LocalName;

    public bool IsElement => _xml.NodeType == XmlNodeType.Element;

    public bool IsEnd => _xml.NodeType == XmlNodeType.EndElement;

    /// <returns>False at the end.</returns>
    public bool Read()
    {
        _part.StartNode();
        if (!_xml.Read()) return false;
        return _xml.Depth <= MostDepth ? true : throw WorkbookErrors.Broken($"XML of more than {MostDepth} levels");
    }

    /// <summary>
    /// Reads on to the next node inside of an element; false: it has ended. An element without content has none.
    /// </summary>
    /// <param name="depth">Of the element.</param>
    public bool ReadInside(int depth)
    {
        if (!Read()) throw WorkbookErrors.Broken("the end of XML inside of an element");
        return !(IsEnd && Depth == depth);
    }

    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>Of an attribute in another namespace than the element, such as <c>r:id</c>.</summary>
    public string? ForeignAttribute(string name)
    {
        string? value = null;
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
            if (_xml.Prefix.Length > 0 && _xml.LocalName == name) value = _xml.Value;
        _xml.MoveToElement();
        return value;
    }

    public int? Number(string name)
    {
        if (Attribute(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw WorkbookErrors.Broken($"\"{CellText.Shown(text)}\" as {name} of {Name}, which is no number");
    }

    /// <summary>As XML Schema writes it.</summary>
    public bool IsTrue(string name) => Attribute(name) is "1" or "true";

    /// <summary>The text of the element, to which the reader then stands at the end.</summary>
    public void AppendText(TextBuffer text)
    {
        if (IsEmptyElement) return;
        var depth = Depth;
        while (ReadInside(depth))
        {
            if (!_xml.CanReadValueChunk || !_xml.HasValue) continue;
            for (int read; (read = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;)
            {
                text.Append(_chunk.AsSpan(0, read));
                _part.StartNode();
            }
        }
    }

    public void SkipElement()
    {
        if (IsEmptyElement) return;
        var depth = Depth;
        while (ReadInside(depth))
        {
        }
    }

    /// <summary>Reads the bytes that are left, of which nothing is wanted but that they are what was packed.</summary>
    public void Finish() => _part.Drain();

    public void Dispose() => _xml.Dispose();
}
