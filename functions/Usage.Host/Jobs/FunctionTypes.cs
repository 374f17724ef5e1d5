using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Usage.Host.Functions;
using Usage.Host.Settings;

namespace Usage.Host.Jobs;

/// <summary>
/// By hand: the WebJobs SDK knows functions as methods with attributes, so a method is emitted for each function of the worker. It
/// passes its arguments to <see cref="FunctionBase"/>.
/// </summary>
internal sealed class FunctionTypes(IReadOnlyList<FunctionDefinition> functions) : ITypeLocator
{
    public const string TypeName = "Host.Functions";
    private readonly Type _type = Define(functions);

    public IReadOnlyList<Type> GetTypes() => [_type];

    private static Type Define(IReadOnlyList<FunctionDefinition> functions)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Functions"), AssemblyBuilderAccess.Run)
            .DefineDynamicModule("Functions");
        var type = module.DefineType(TypeName, TypeAttributes.Public, typeof(FunctionBase));
        DefineConstructor(type);
        foreach (var function in functions) DefineMethod(type, function);
        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        var parent = typeof(FunctionBase).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic).Single();
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(FunctionInvoker)]);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, parent);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder type, FunctionDefinition function)
    {
        var inputs = function.Inputs;
        Type[] types = [.. inputs.Select(TypeOf), typeof(CancellationToken)];
        var method = type.DefineMethod(
            function.Name, MethodAttributes.Public, function.HasResult ? typeof(Task<object>) : typeof(Task), types);
        method.SetCustomAttribute(Attribute(typeof(FunctionNameAttribute), [function.Name]));
        if (function.Kind == "httpTrigger") method.SetCustomAttribute(Attribute(typeof(NoAutomaticTriggerAttribute), []));
        for (var i = 0; i < inputs.Count; i++)
        {
            var parameter = method.DefineParameter(i + 1, ParameterAttributes.None, inputs[i]["name"].Text());
            if (AttributeOf(inputs[i]) is { } attribute) parameter.SetCustomAttribute(attribute);
        }

        method.DefineParameter(types.Length, ParameterAttributes.None, "_cancel");
        EmitCall(method.GetILGenerator(), function.Name, inputs.Count);
    }

    // return InvokeAsync(name, new object[] { first argument, second argument, ... }, cancellationToken);
    private static void EmitCall(ILGenerator il, string name, int inputs)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldstr, name);
        il.Emit(OpCodes.Ldc_I4, inputs);
        il.Emit(OpCodes.Newarr, typeof(object));
        for (var i = 0; i < inputs; i++)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldarg, i + 1);
            il.Emit(OpCodes.Stelem_Ref);
        }

        il.Emit(OpCodes.Ldarg, inputs + 1);
        il.Emit(OpCodes.Call, typeof(FunctionBase).GetMethod(nameof(FunctionBase.InvokeAsync))!);
        il.Emit(OpCodes.Ret);
    }

    private static Type TypeOf(JsonObject binding) => binding["type"].Text() switch
    {
        "blobTrigger" => typeof(ParameterBindingData),
        "timerTrigger" => typeof(TimerInfo),
        "httpTrigger" => typeof(HttpInvocation),
        _ => typeof(string),
    };

    private static CustomAttributeBuilder? AttributeOf(JsonObject binding) => binding["type"].Text() switch
    {
        "orchestrationTrigger" => Attribute(typeof(OrchestrationTriggerAttribute), []),
        "activityTrigger" => Attribute(typeof(ActivityTriggerAttribute), []),
        "entityTrigger" => Attribute(typeof(EntityTriggerAttribute), []),
        "durableClient" => Attribute(typeof(DurableClientAttribute), []),
        "blobTrigger" => Attribute(
            typeof(BlobTriggerAttribute),
            [binding["path"].Text()],
            ("Connection", (string?)binding["connection"]),
            ("Source", Enum.Parse<BlobTriggerSource>((string?)binding["source"] ?? nameof(BlobTriggerSource.LogsAndContainerScan)))),
        "timerTrigger" => Attribute(
            typeof(TimerTriggerAttribute),
            [binding["schedule"].Text()],
            ("RunOnStartup", (bool?)binding["runOnStartup"] ?? false),
            ("UseMonitor", (bool?)binding["useMonitor"] ?? true)),
        "httpTrigger" => null,
        var other =>
            throw new HostException($"This host has no binding of the type {other}: it serves http, timer, blob and durable functions."),
    };

    private static CustomAttributeBuilder Attribute(Type type, object[] arguments, params (string Name, object? Value)[] properties)
    {
        var set = properties.Where(property => property.Value is not null).ToList();
        return new(
            type.GetConstructor([.. arguments.Select(argument => argument.GetType())])!,
            arguments,
            [.. set.Select(property => type.GetProperty(property.Name)!)],
            [.. set.Select(property => property.Value!)]);
    }
}
