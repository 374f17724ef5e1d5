using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

internal static class TimerParameter
{
    public static ParameterSource For(ParameterInfo parameter) => parameter.ParameterType == typeof(TimerInfo)
        ? static context => new(context.Features.Get<TimerInfo>())
        : throw new StartupException($"[TimerTrigger] '{parameter.Name}' is a {parameter.ParameterType.Name}, expected a TimerInfo.");
}
