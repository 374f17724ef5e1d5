using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>The default host key and the master key. Only salted hashes are kept, so that the file gives no key away.</summary>
internal sealed class FunctionKeys
{
    private readonly Entry function;
    private readonly Entry master;

    private FunctionKeys(Entry function, Entry master) => (this.function, this.master) = (function, master);

    /// <summary>Reads them, or makes them and shows them this once.</summary>
    /// <exception cref="StartupException">The file is broken.</exception>
    public static FunctionKeys Load(string dataFolder, Action<string> show)
    {
        var path = Path.Combine(dataFolder, "keys.json");
        if (File.Exists(path))
        {
            var file = JsonFile.ReadObject(path).Deserialize<Dictionary<string, Entry>>(JsonSerializerOptions.Web) ?? [];
            return file.TryGetValue("default", out var kept) && file.TryGetValue("master", out var keptMaster)
                ? new FunctionKeys(kept, keptMaster)
                : throw new StartupException($"{path} lacks the key \"default\" or \"master\": delete the file and new keys are made at the next start.");
        }

        var (key, masterKey) = (NewKey(), NewKey());
        var made = new FunctionKeys(Entry.Of(key), Entry.Of(masterKey));
        Write(path, made);
        show($"Function key: {key}");
        show($"Master key: {masterKey}");
        show("Send one as x-functions-key or ?code=. They are shown this once; for new ones delete " + path);
        return made;
    }

    public bool IsFunctionKey(string key) => function.Matches(key);

    public bool IsMasterKey(string key) => master.Matches(key);

    private static void Write(string path, FunctionKeys keys)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var json = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, Entry> { ["default"] = keys.function, ["master"] = keys.master }, JsonSerializerOptions.Web);
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(json);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(40));

    private sealed record Entry(string Salt, string Hash)
    {
        public static Entry Of(string key)
        {
            var salt = RandomNumberGenerator.GetBytes(16);
            return new Entry(Convert.ToHexString(salt), Convert.ToHexString(HashOf(salt, key)));
        }

        public bool Matches(string key) =>
            key.Length is > 0 and <= 1024
            && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(Hash), HashOf(Convert.FromHexString(Salt), key));

        private static byte[] HashOf(byte[] salt, string key) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(key)]);
    }
}
