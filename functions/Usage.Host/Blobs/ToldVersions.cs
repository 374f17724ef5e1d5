using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Usage.Host.Blobs;

/// <summary>
/// Which versions of blobs were told, each an empty blob that is named by its hash: names of blobs may be as long as names can be.
/// </summary>
internal sealed class ToldVersions
{
    private readonly HashSet<string> _told = [];
    private readonly HashSet<string> _known = []; // the same as versions, so that no list of blobs is hashed again and again
    private readonly BlobContainerClient _container;
    private readonly string _prefix;

    private ToldVersions(BlobContainerClient container, string prefix) => (_container, _prefix) = (container, prefix);

    public static async Task<ToldVersions> LoadAsync(BlobContainerClient container, string prefix, CancellationToken cancellationToken)
    {
        var told = new ToldVersions(container, prefix);
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
            told._told.Add(blob.Name[prefix.Length..]);
        return told;
    }

    public bool Contains(string version) => _known.Contains(version) || (_told.Contains(Hash(version)) && _known.Add(version));

    public async Task AddAsync(string version, CancellationToken cancellationToken)
    {
        await _container.GetBlobClient(_prefix + Hash(version)).UploadAsync(BinaryData.Empty, overwrite: true, cancellationToken);
        _told.Add(Hash(version));
        _known.Add(version);
    }

    private static string Hash(string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)));
}
