namespace Azure.Data.Tables.Pipeline;

/// <summary>Where the tables are, and the account's key.</summary>
internal sealed record ConnectionString(Uri Endpoint, TableSharedKeyCredential Credential)
{
    private const string EmulatorAccount = "devstoreaccount1";

    // Published by Microsoft: every emulator has it.
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="ArgumentException">It has no account, or no key.</exception>
    /// <exception cref="InvalidOperationException">It isn't made of names and values, or has one twice.</exception>
    /// <exception cref="FormatException">The key is no Base64.</exception>
    public static ConnectionString Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var development) && bool.TryParse(development, out var use) && use)
        {
            var proxy = settings.TryGetValue("DevelopmentStorageProxyUri", out var given) ? given.TrimEnd('/') : "http://127.0.0.1";
            return new(new Uri($"{proxy}:10002/{EmulatorAccount}"), new(EmulatorAccount, EmulatorKey));
        }

        if (settings.ContainsKey("SharedAccessSignature"))
            throw new NotSupportedException("Shared access signatures are understood by the official package only; give AccountName and AccountKey.");
        var account = Needed(settings, "AccountName");
        var key = Needed(settings, "AccountKey");
        return new(Address(settings, account), new(account, key));
    }

    private static Uri Address(Dictionary<string, string> settings, string account)
    {
        if (!settings.TryGetValue("TableEndpoint", out var address))
        {
            var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
            var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
            address = $"{protocol}://{account}.table.{suffix}";
        }

        return new UriBuilder(address).Uri;
    }

    private static string Needed(Dictionary<string, string> settings, string name) => settings.TryGetValue(name, out var value)
        ? value
        : throw new ArgumentException("Connection string parsing error");

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new InvalidOperationException($"Connection string doesn't have value for keyword '{part}'.");
            if (!settings.TryAdd(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart()))
                throw new InvalidOperationException($"Duplicated keyword '{part[..equals].TrimEnd()}'");
        }

        return settings;
    }
}
