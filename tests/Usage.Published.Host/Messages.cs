using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Usage.Published.Host;

/// <summary>The messages between Functions host and worker, as JSON: their classes are internal to the worker's package.</summary>
internal static class Messages
{
    private static readonly MessageDescriptor Message = (MessageDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.StreamingMessage", throwOnError: true)!
        .GetProperty("Descriptor")!.GetValue(null)!;

    private static readonly Marshaller<IMessage> Marshaller = new(message => message.ToByteArray(), Message.Parser.ParseFrom);

    public static Method<IMessage, IMessage> EventStream { get; } =
        new(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream", Marshaller, Marshaller);

    public static JsonObject Read(IMessage message) => JsonNode.Parse(JsonFormatter.Default.Format(message))!.AsObject();

    public static IMessage Write(JsonObject message) => Message.Parser.ParseJson(message.ToJsonString());
}
