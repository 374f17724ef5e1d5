using System.Net;
using System.Net.Sockets;

namespace Usage.Testing.Machine;

/// <summary>
/// Ports of 127.0.0.1 where nothing listens, of those that no connection of this machine is given: whoever listens there can go away and
/// come back.
/// </summary>
public static class FreePorts
{
    public static int Take() => Take(1)[0];

    public static IReadOnlyList<int> Take(int count)
    {
        var free = new HashSet<int>();
        while (free.Count < count)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                free.Add(port);
            }
            catch (SocketException)
            {
                // Taken.
            }
        }

        return [.. free];
    }
}
