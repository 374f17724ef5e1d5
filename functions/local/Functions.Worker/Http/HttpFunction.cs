using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>One function as an endpoint.</summary>
internal sealed class HttpFunction(FunctionDescriptor function, FunctionInvoker invoker, KeyGate gate)
{
    private readonly HttpTriggerAttribute trigger = (HttpTriggerAttribute)function.Trigger;

    public async Task HandleAsync(HttpContext http)
    {
        if (!gate.Allows(trigger.AuthLevel, http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await invoker.InvokeAsync(new Invocation.Invocation
            {
                Function = function,
                Input = features => features.Set(new HttpInvocation(http)),
                Data = HttpBindingData.Of(http.Request),
                Services = http.RequestServices,
                Cancel = http.RequestAborted,
            });
        }
        catch (Exception e)
        {
            // The invoker has logged it.
            ErrorShield.Answer(http, e);
        }
    }
}
