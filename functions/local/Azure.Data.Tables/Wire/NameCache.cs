using System.Text;

namespace Azure.Data.Tables.Wire;

/// <summary>Strings of the property names of one answer: entities of a table mostly have the same ones in the same order.</summary>
internal sealed class NameCache
{
    private readonly List<(byte[] Utf8, string Name)> _names = [];
    private int _next;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        for (var tried = 0; tried < _names.Count; tried++)
        {
            if (_next >= _names.Count) _next = 0;
            var (known, name) = _names[_next++];
            if (utf8.SequenceEqual(known)) return name;
        }

        var added = Encoding.UTF8.GetString(utf8);
        _names.Add((utf8.ToArray(), added));
        _next = 0;
        return added;
    }
}
