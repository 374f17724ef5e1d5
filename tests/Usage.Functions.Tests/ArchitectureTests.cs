using System.Reflection;
using NetArchTest.Rules;
using Usage.Functions.Imports.Admission;

namespace Usage.Functions.Tests;

/// <summary>Arrows point one way: Functions -> Storage -> Core.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Core = Assembly.Load("Usage.Core");
    private static readonly Assembly Storage = Assembly.Load("Usage.Storage");
    private static readonly Assembly Functions = Assembly.Load("Usage.Functions");

    [Fact]
    public void Core_knows_neither_Azure_nor_Functions_nor_the_web() =>
        Nothing(Core, "Azure", "Microsoft.Azure", "Microsoft.DurableTask", "Microsoft.AspNetCore", "System.Net.Http", "Usage.Storage",
            "Usage.Functions");

    [Fact]
    public void Storage_knows_neither_Functions_nor_orchestrations_nor_the_web() =>
        Nothing(Storage, "Microsoft.Azure.Functions", "Microsoft.DurableTask", "Microsoft.AspNetCore", "Usage.Functions");

    [Fact]
    public void Only_storage_knows_tables_and_keys() => Nothing(Functions, "Azure.Data.Tables");

    /// <summary>
    /// The blob trigger gives its function a client, of which that takes the name; the other one is what the worker's SDK generates.
    /// </summary>
    [Fact]
    public void Only_storage_knows_containers_and_blobs() =>
        Nothing(
            Types.InAssembly(Functions).That().DoNotHaveName(nameof(OnFileDropped), "DirectFunctionExecutor").ShouldNot(), "Azure.Storage");

    [Theory]
    [InlineData("Usage.Core")]
    [InlineData("Usage.Storage")]
    public void References_point_down(string assembly) =>
        Assert.DoesNotContain(Assembly.Load(assembly).GetReferencedAssemblies(), a => a.Name is "Usage.Functions"
            || (assembly == "Usage.Core" && a.Name is "Usage.Storage"));

    private static void Nothing(Assembly assembly, params string[] dependencies) =>
        Nothing(Types.InAssembly(assembly).ShouldNot(), dependencies);

    private static void Nothing(Conditions types, params string[] dependencies)
    {
        var result = types.HaveDependencyOnAny(dependencies).GetResult();
        Assert.True(result.IsSuccessful,
            $"these depend on one of {string.Join(", ", dependencies)}: {string.Join(", ", result.FailingTypeNames ?? [])}");
    }
}
