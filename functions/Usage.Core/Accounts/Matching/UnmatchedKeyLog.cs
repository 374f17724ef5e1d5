namespace Usage.Core.Accounts.Matching;

/// <summary>Counts rows by the identifier that found no account, or several.</summary>
public sealed class UnmatchedKeyLog
{
    private readonly Dictionary<Identity, long> _rows = [];
    private readonly SortedSet<Identity> _order = [];
    private long _otherRows;

    public void Add(MatchBy by, string key, bool ambiguous) => Add(new Identity(by, Shorten(key), ambiguous), 1);

    public void Merge(UnmatchedKeys keys)
    {
        _otherRows += keys.OtherRows;
        foreach (var key in keys.Keys) Add(new Identity(key.By, key.Key, key.Ambiguous), key.Rows);
    }

    public UnmatchedKeys ToKeys() => new()
    {
        Keys = [.. _order.Select(key => new UnmatchedKey(key.By, key.Key, key.Ambiguous, _rows[key]))],
        OtherRows = _otherRows,
    };

    private static string Shorten(string key)
    {
        if (key.Length <= UnmatchedKeys.MaxKeyLength) return key;
        var cut = char.IsHighSurrogate(key[UnmatchedKeys.MaxKeyLength - 1]) ? UnmatchedKeys.MaxKeyLength - 1 : UnmatchedKeys.MaxKeyLength;
        return key[..cut];
    }

    private void Add(Identity key, long rows)
    {
        if (_rows.TryGetValue(key, out var before))
        {
            _rows[key] = before + rows;
            return;
        }

        if (_rows.Count == UnmatchedKeys.MaxKeys)
        {
            var last = _order.Max;
            if (key.CompareTo(last) > 0)
            {
                _otherRows += rows;
                return;
            }

            _otherRows += _rows[last];
            _rows.Remove(last);
            _order.Remove(last);
        }

        _rows.Add(key, rows);
        _order.Add(key);
    }

    private readonly record struct Identity(MatchBy By, string Key, bool Ambiguous) : IComparable<Identity>
    {
        public int CompareTo(Identity other)
        {
            if (By != other.By) return By.CompareTo(other.By);
            var keys = string.CompareOrdinal(Key, other.Key);
            return keys != 0 ? keys : Ambiguous.CompareTo(other.Ambiguous);
        }
    }
}
