using System.Reflection;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Usage.Host.Worker;

/// <summary>
/// By hand: the messages between host and worker as JSON. Their classes are internal to the worker's package, so they are made by their
/// descriptor, as the package's own serializer would.
/// </summary>
internal static class WorkerMessages
{
    private static readonly MessageDescriptor Message = (MessageDescriptor)Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc")
        .GetType("Microsoft.Azure.Functions.Worker.Grpc.Messages.StreamingMessage", throwOnError: true)!
        .GetProperty("Descriptor")!.GetValue(null)!;

    // With default values: a failure is the first of its enum, and would be left out.
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private static readonly Marshaller<IMessage> Marshaller = new(message => message.ToByteArray(), Message.Parser.ParseFrom);

    public static Method<IMessage, IMessage> EventStream { get; } =
        new(MethodType.DuplexStreaming, "AzureFunctionsRpcMessages.FunctionRpc", "EventStream", Marshaller, Marshaller);

    public static JsonObject Read(IMessage message) => JsonNode.Parse(Formatter.Format(message))!.AsObject();

    public static IMessage Write(JsonObject message) => Message.Parser.ParseJson(message.ToJsonString());
}
