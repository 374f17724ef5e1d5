using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Local.Functions;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

internal sealed class LocalFunctionContext : FunctionContext
{
    public LocalFunctionContext(FunctionDescriptor function, IReadOnlyDictionary<string, object?> data, IServiceProvider services, CancellationToken cancel)
    {
        FunctionDefinition = function.Definition;
        BindingContext = new LocalBindingContext(data);
        InstanceServices = services;
        CancellationToken = cancel;
        Features.Set(function);
        Features.Set<IFunctionInputBindingFeature>(new InputBinding(function));
    }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext { get; } = new LocalTraceContext(Activity.Current);

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; } = LocalRetryContext.None;

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new LocalInvocationFeatures();

    public override CancellationToken CancellationToken { get; }
}
