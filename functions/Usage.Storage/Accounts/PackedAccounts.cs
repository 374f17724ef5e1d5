using System.Buffers.Binary;
using System.Collections;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs.Models;
using Usage.Core.Accounts;
using Usage.Core.Ids;

namespace Usage.Storage.Accounts;

/// <summary>
/// Accounts as the roster's blob has them, ordered by id, each made anew when it is looked at: hundreds of thousands are a few dozen
/// bytes each, and nothing to the collector. Changes lie beside the blob's bytes, so that one costs no copy of all.
/// </summary>
internal sealed class PackedAccounts : IReadOnlyList<NumberedAccount>
{
    private readonly byte[] _blob;
    private readonly byte[] _changed;

    /// <summary>Where each account is: in the blob, or, complemented, among the changed.</summary>
    private readonly int[] _places;

    private PackedAccounts(byte[] blob, byte[] changed, int[] places) => (_blob, _changed, _places) = (blob, changed, places);

    public static PackedAccounts Empty { get; } = new([], [], []);

    public int Count => _places.Length;

    public NumberedAccount this[int index] => RosterFormat.Read(At(_places[index]));

    /// <param name="blob">As <see cref="ToBlob"/> gives it.</param>
    public static PackedAccounts Read(byte[] blob)
    {
        var places = new int[BinaryPrimitives.ReadInt32LittleEndian(blob.AsSpan(1))];
        var place = RosterFormat.HeadBytes;
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = place;
            place += RosterFormat.Measure(blob.AsSpan(place));
        }

        return new PackedAccounts(blob, [], places);
    }

    /// <returns>Null: the blob is another release's.</returns>
    public static async Task<PackedAccounts?> ReadAsync(BlobDownloadStreamingResult blob, CancellationToken cancellationToken)
    {
        // Not DownloadContent, whose buffers grow to several times as much.
        var bytes = new byte[blob.Details.ContentLength];
        await blob.Content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes[0] == RosterFormat.Version ? Read(bytes) : null;
    }

    /// <summary>The same, but for some accounts.</summary>
    /// <param name="ids">That have changed, or are gone.</param>
    /// <param name="now">Those of them that are there.</param>
    public PackedAccounts With(IEnumerable<AccountId> ids, IEnumerable<NumberedAccount> now)
    {
        var gone = ids.Select(Find).Where(index => index >= 0).ToHashSet();
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        bytes.Write(_changed);
        var places = new List<int>(_places.Length + 1);
        var next = 0;
        foreach (var account in now.OrderBy(account => account.Account.Id.Value, StringComparer.Ordinal))
        {
            var index = Find(account.Account.Id);
            Keep(index < 0 ? ~index : index);
            places.Add(~(int)bytes.Position);
            RosterFormat.Write(writer, account);
        }

        Keep(_places.Length);
        return new PackedAccounts(_blob, bytes.ToArray(), [.. places]);

        void Keep(int end)
        {
            for (; next < end; next++)
                if (!gone.Contains(next)) places.Add(_places[next]);
        }
    }

    /// <summary>All of them as one blob.</summary>
    public byte[] ToBlob()
    {
        var length = RosterFormat.HeadBytes;
        foreach (var place in _places) length += RosterFormat.Measure(At(place));
        var blob = new byte[length];
        blob[0] = RosterFormat.Version;
        BinaryPrimitives.WriteInt32LittleEndian(blob.AsSpan(1), _places.Length);
        var end = RosterFormat.HeadBytes;
        foreach (var place in _places)
        {
            var bytes = At(place);
            bytes = bytes[..RosterFormat.Measure(bytes)];
            bytes.CopyTo(blob.AsSpan(end));
            end += bytes.Length;
        }

        return blob;
    }

    /// <returns>A hash of what <see cref="ToBlob"/> gives.</returns>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var place in _places)
        {
            var bytes = At(place);
            hash.AppendData(bytes[..RosterFormat.Measure(bytes)]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(..16));
    }

    /// <returns>The account's index; else the complement of where it would be.</returns>
    public int Find(AccountId id)
    {
        Span<char> room = stackalloc char[AccountId.MaxLength];
        var (low, high) = (0, _places.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var length = Encoding.UTF8.GetChars(RosterFormat.ReadId(At(_places[middle])), room);
            var order = room[..length].SequenceCompareTo(id.Value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }

    public IEnumerator<NumberedAccount> GetEnumerator()
    {
        foreach (var place in _places) yield return RosterFormat.Read(At(place));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReadOnlySpan<byte> At(int place) => place >= 0 ? _blob.AsSpan(place) : _changed.AsSpan(~place);

    /// <summary>Packs accounts that come in any order.</summary>
    public sealed class Packer : IDisposable
    {
        private readonly MemoryStream _bytes = new();
        private readonly BinaryWriter _writer;
        private readonly List<string> _ids = [];
        private readonly List<int> _places = [];

        public Packer() => _writer = new BinaryWriter(_bytes, Encoding.UTF8);

        public void Add(NumberedAccount account)
        {
            _ids.Add(account.Account.Id.Value);
            _places.Add((int)_bytes.Position);
            RosterFormat.Write(_writer, account);
        }

        public PackedAccounts Pack()
        {
            var ordered = _places.ToArray();
            Array.Sort(_ids.ToArray(), ordered, StringComparer.Ordinal);
            return new PackedAccounts(_bytes.ToArray(), [], ordered);
        }

        public void Dispose() => _writer.Dispose();
    }
}
