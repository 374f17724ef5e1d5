using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Microsoft.Azure.Functions.Worker.Local.Settings;

/// <summary>Where the app listens.</summary>
internal sealed record LocalAddress(IPAddress Address, int Port)
{
    public const int DefaultPort = 7071;

    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>As a client on this machine would write it.</summary>
    public string BaseUrl(int boundPort)
    {
        var name = Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Address;
        var host = name.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{name}]" : name.ToString();
        return $"http://{host}:{boundPort.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary><c>--port</c>, then FUNCTIONS_LOCAL_PORT, then local.settings.json, then 7071.</summary>
    /// <exception cref="StartupException">Port or address can't be used as written.</exception>
    public static LocalAddress From(string[] args, int? portOfLocalSettings)
    {
        var port = PortArgument(args) is { } argument ? ParsePort(argument, "--port")
            : Environment.GetEnvironmentVariable("FUNCTIONS_LOCAL_PORT") is { Length: > 0 } set ? ParsePort(set, "FUNCTIONS_LOCAL_PORT")
            : portOfLocalSettings ?? DefaultPort;
        return new LocalAddress(ParseAddress(Environment.GetEnvironmentVariable("FUNCTIONS_LOCAL_ADDRESS")), port);
    }

    public static int ParsePort(string text, string where) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new StartupException($"{where}: found \"{text}\", expected a port from 0 (any free one) to 65535.");

    private static string? PortArgument(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--port" or "-p") return i + 1 < args.Length ? args[i + 1] : "";
            if (args[i].StartsWith("--port=", StringComparison.Ordinal)) return args[i]["--port=".Length..];
        }

        return null;
    }

    private static IPAddress ParseAddress(string? text) => text switch
    {
        null or "" or "localhost" => IPAddress.Loopback,
        "*" => IPAddress.IPv6Any,
        _ => IPAddress.TryParse(text, out var address)
            ? address
            : throw new StartupException($"FUNCTIONS_LOCAL_ADDRESS: found \"{text}\", expected an IP address, localhost or *."),
    };
}
