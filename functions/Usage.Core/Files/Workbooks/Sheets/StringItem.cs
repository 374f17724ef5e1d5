using Usage.Core.Files.Workbooks.Packages;

namespace Usage.Core.Files.Workbooks.Sheets;

/// <summary>A text as workbooks hold it: whole, or in runs of different looks; how it is pronounced is left out.</summary>
internal static class StringItem
{
    /// <summary>The reader stands at the element that holds it, and then at that element's end.</summary>
    public static void Read(PartReader xml, TextBuffer text)
    {
        if (xml.IsEmptyElement) return;
        var depth = xml.Depth;
        while (xml.ReadInside(depth))
        {
            if (!xml.IsElement) continue;
            if (xml.Name == "rPh") xml.SkipElement();
            if (xml.Name != "t" || !xml.IsElement) continue;
            var start = text.Length;
            xml.AppendText(text);
            text.Unescape(start);
        }
    }
}
