using System.Text.Json;
using Usage.Scenarios.Crashes.Steps;
using Usage.Scenarios.HttpApi;
using Usage.Testing.Machine;

namespace Usage.Scenarios.Crashes;

/// <summary>An upload in blocks during which the app dies goes on where it was.</summary>
[Collection(Faults.Name)]
public sealed class UploadTests(Place place)
{
    [SlowTheory]
    [InlineData("comp=blocklist", true)]
    [InlineData("/uploads(", false)]
    public async Task Upload_that_was_cut_off_goes_on_with_the_blocks_that_are_there(string request, bool after)
    {
        await place.SettleAsync();
        var id = Text((await SendAsync("POST", "uploads", """{"name":"cut.csv","bytes":9}""")).Is(201), "id");
        (await SendAsync("PUT", $"uploads/{id}/blocks/1", "id,n\n")).Is(200);
        (await SendAsync("PUT", $"uploads/{id}/blocks/2", "a,1\n")).Is(200);

        var moment = new Moment($"PUT {request}", sent => sent.Method == "PUT" && sent.IsAbout(request), 1, after, int.MaxValue);
        place.Proxy.Choose = moment.Choose;
        var lost = SendAsync("POST", $"uploads/{id}/commit");
        await moment.Reached;
        await place.KillAsync(Victim.Both);
        // A client that tries once more on a new connection is told so when the test gives up the address.
        Assert.True(await Record.ExceptionAsync(() => lost) is HttpRequestException or OperationCanceledException);
        await place.SettleAsync();

        var found = (await SendAsync("GET", $"uploads/{id}")).Is(200);
        Assert.Equal(
            (false, """[{"number":1,"bytes":5},{"number":2,"bytes":4}]"""),
            (found.Json.GetProperty("committed").GetBoolean(), found.Json.GetProperty("blocks").GetRawText()));
        (await SendAsync("POST", $"uploads/{id}/commit")).Is(200);
        var lines = (await SendAsync("GET", $"uploads/{id}/lines")).Is(200).Json.GetProperty("lines").EnumerateArray();
        Assert.Equal(["id,n", "a,1"], lines.Select(line => Text(line, "text")));
    }

    private Task<ApiCall> SendAsync(string method, string path, string? body = null) =>
        ApiCall.SendAsync(place.Api.Http, method, path, body);

    private static string? Text(ApiCall answer, string member) => Text(answer.Json, member);

    private static string? Text(JsonElement value, string member) => value.GetProperty(member).GetString();
}
