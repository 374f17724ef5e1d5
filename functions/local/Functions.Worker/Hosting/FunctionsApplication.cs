using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker.Local.Settings;

namespace Microsoft.Azure.Functions.Worker.Builder;

[SuppressMessage("Design", "CA1052", Justification = "The official class isn't static either.")]
public class FunctionsApplication
{
    /// <summary>An app whose functions are the caller's assembly's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            return new FunctionsApplicationBuilder(args, Assembly.GetCallingAssembly());
        }
        catch (StartupException e)
        {
            e.EndProcess();
            throw;
        }
    }
}
