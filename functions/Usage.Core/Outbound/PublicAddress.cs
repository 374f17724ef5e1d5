using System.Net;
using System.Net.Sockets;

namespace Usage.Core.Outbound;

/// <summary>
/// Whether an address is on the public internet. Since users configure which addresses are requested, all others are refused: private,
/// loopback, link-local, multicast and reserved ones, a cloud's metadata service, and any of these inside an IPv6 address.
/// </summary>
public static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Azure's own address: DNS, health probes and the agent's server answer here from inside.
            "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments with Teredo and ORCHID, documentation, 6to4.
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16" }.Select(IPNetwork.Parse)];

    // NAT64, by which networks without IPv4 reach it: the IPv4 address is in the last four bytes.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !NotPublic4.Any(network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        // Without the scope, which a network's comparison doesn't ignore.
        var bytes = address.GetAddressBytes();
        address = new IPAddress(bytes);
        if (Nat64.Contains(address)) return Is(new IPAddress(bytes.AsSpan(12)));
        if (!Global6.Contains(address) || NotPublic6.Any(network => network.Contains(address))) return false;
        return !IsIsatap(bytes) || Is(new IPAddress(bytes.AsSpan(12)));
    }

    private static bool IsIsatap(byte[] bytes) => bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5E && bytes[11] == 0xFE;
}
