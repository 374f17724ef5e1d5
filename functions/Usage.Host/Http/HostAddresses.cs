using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Usage.Host.Http;

/// <summary>Where the host listens; known once its web server has started.</summary>
internal sealed class HostAddresses(IServer server)
{
    /// <summary>The worker's messages (gRPC).</summary>
    public Uri Messages => Listening(0);

    public Uri Public => Listening(1);

    private Uri Listening(int index) => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(index));
}
