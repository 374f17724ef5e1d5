using NetArchTest.Rules;
using Usage.Functions.Imports;
using Usage.Functions.Imports.Admission;

namespace Usage.Functions.Tests.Imports;

/// <summary>The rooms that runs go through know each other in one direction only, and nothing of keys, containers and blob names.</summary>
public sealed class RoomTests
{
    /// <summary>Each knows only those before it.</summary>
    private static readonly string[] Rooms =
        ["Runs", "Imports.Ending", "Imports.Writing", "Imports.Reading", "Imports.Admission", "Imports", "TestRuns", "Upkeep"];

    public static TheoryData<string> Names => [.. Rooms];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_room_knows_only_rooms_before_it(string room)
    {
        var unknown = TypesOf([.. Rooms.SkipWhile(other => other != room).Skip(1)]);
        foreach (var type in TypesOf(room))
        {
            var known = Types.InAssembly(type.Assembly).That().HaveName(type.Name).And().ResideInNamespace(type.Namespace!)
                .ShouldNot().HaveDependencyOnAny([.. unknown.Select(other => other.FullName!)]).GetResult();
            Assert.True(known.IsSuccessful, $"{type} knows types of rooms that come after its own");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_room_knows_keys_containers_or_names_of_blobs(string room)
    {
        // The trigger takes the blob as the SDK gives it.
        foreach (var type in TypesOf(room).Where(type => type != typeof(OnFileDropped)))
        {
            var known = Types.InAssembly(type.Assembly).That().HaveName(type.Name).And().ResideInNamespace(type.Namespace!)
                .ShouldNot().HaveDependencyOnAny("Azure.Data.Tables", "Azure.Storage.Blobs", "Usage.Storage.UsageBlobs").GetResult();
            Assert.True(known.IsSuccessful, $"{type} knows tables or blobs");
        }
    }

    private static Type[] TypesOf(params string[] rooms)
    {
        var namespaces = rooms.Select(room => $"Usage.Functions.{room}").ToHashSet();
        return [.. typeof(ImportFile).Assembly.GetTypes().Where(type => !type.IsNested && namespaces.Contains(type.Namespace ?? ""))];
    }
}
