using System.Net;
using System.Net.Sockets;

namespace Usage.Local.Machine;

public static class Ports
{
    /// <exception cref="LocalException">Something listens there already.</exception>
    public static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new LocalException($"Port {port} is in use: stop what listens there, or choose another one with --port.");
        }
    }
}
