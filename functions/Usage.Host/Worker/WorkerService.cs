using Grpc.AspNetCore.Server.Model;

namespace Usage.Host.Worker;

/// <summary>Serves the worker protocol's one method over gRPC.</summary>
internal sealed class WorkerService : IServiceMethodProvider<WorkerChannel>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<WorkerChannel> context) =>
        context.AddDuplexStreamingMethod(
            WorkerMessages.EventStream, [], (channel, incoming, outgoing, call) => channel.TalkAsync(incoming, outgoing, call));
}
