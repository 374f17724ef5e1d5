using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Usage.Core.Access;
using Usage.Core.Problems;
using Usage.Functions.Http;
using Usage.Functions.Http.Errors;

namespace Usage.Functions.Tests.Http;

/// <summary>The order in which everything that is configured is changed, with a thing that only this test has.</summary>
public sealed class EditTests
{
    private static readonly Problem Wrong = new("required", "name", "no name");
    private static readonly Problem Contradiction = new("unknown", "name", "no such thing") { Kind = ProblemKind.Conflict };
    private static readonly Problem Warning = new("near", "name", "near") { Kind = ProblemKind.Warning };

    private readonly List<string> _steps = [];
    private Thing? _there = new("old");
    private Problem[] _found = [];
    private int _lost;

    [Fact]
    public async Task Change_is_loaded_judged_written_and_answered()
    {
        await IsAsync(200, PutAsync("new"));
        Assert.Equal(["load", "judge new beside old", "write new", "answer new"], _steps);
    }

    [Fact]
    public async Task What_is_new_is_answered_as_made()
    {
        _there = null;
        await IsAsync(201, PutAsync("new", ("If-None-Match", "*")));
        Assert.Equal(["load", "judge new beside nothing", "write new", "answer new"], _steps);
    }

    [Fact]
    public async Task Request_that_is_wrong_in_itself_is_refused_before_anything_is_loaded()
    {
        await IsAsync(400, Edit("?x=1").PutAsync(_ => new Thing("new"), JudgeAsync, WriteAsync, Answered));
        Assert.Equal(["judge new beside nothing"], _steps);
    }

    [Fact]
    public async Task Body_that_nobody_can_read_is_not_even_judged()
    {
        await IsAsync(400, Edit("?x=1").PutAsync(null, JudgeAsync, WriteAsync, Answered));
        Assert.Empty(_steps);
    }

    [Theory]
    [InlineData(400, true, true)]
    [InlineData(400, true, false)]
    [InlineData(412, false, true)]
    [InlineData(409, false, false)]
    public async Task Wrong_goes_before_late_and_late_before_contradicting_and_nothing_is_written(int status, bool wrong, bool late)
    {
        _found = wrong ? [Contradiction, Wrong] : [Contradiction];
        await IsAsync(status, PutAsync("new", ("If-Match", late ? "\"other\"" : EntityTag.Of(_there!))));
        Assert.Equal(["load", "judge new beside old"], _steps);
    }

    [Fact]
    public async Task Warnings_refuse_nothing()
    {
        _found = [Warning];
        await IsAsync(200, PutAsync("new"));
    }

    [Fact]
    public async Task What_is_there_already_is_answered_and_not_written()
    {
        await IsAsync(200, PutAsync("old"));
        Assert.Equal(["load", "judge old beside old", "answer old"], _steps);
    }

    [Fact]
    public async Task Who_loses_a_write_begins_again_with_loading()
    {
        _lost = 1;
        await IsAsync(200, PutAsync("new"));
        Assert.Equal(["load", "judge new beside old", "write new", "load", "judge new beside old", "write new", "answer new"], _steps);
    }

    [Fact]
    public async Task Who_loses_it_again_and_again_is_told_so()
    {
        _lost = int.MaxValue;
        Assert.Equal("changed", Assert.Single((await IsAsync(409, PutAsync("new"))).Errors).Code);
        Assert.Equal(12, _steps.Count(step => step == "write new"));
    }

    [Fact]
    public async Task What_is_patched_has_to_be_there()
    {
        _there = null;
        await IsAsync(404, Edit().PatchAsync(_ => new Thing("new"), JudgeAsync, WriteAsync, (value, _) => Answer.Ok(value)));
        await IsAsync(
            412, Edit("", ("If-Match", "*")).PatchAsync(_ => new Thing("new"), JudgeAsync, WriteAsync, (value, _) => Answer.Ok(value)));
        Assert.Equal(["load", "load"], _steps);
    }

    [Theory]
    [InlineData(412, true)]
    [InlineData(409, false)]
    public async Task Late_delete_is_told_so_before_who_uses_it(int status, bool late)
    {
        await IsAsync(status, DeleteAsync(
            [new ApiError("in-use", "thing", "used")], ("If-Match", late ? "\"other\"" : EntityTag.Of(_there!))));
        Assert.Equal(late ? ["load"] : ["load", "uses"], _steps);
    }

    [Fact]
    public async Task Delete_that_loses_looks_again_who_uses_it()
    {
        _lost = 1;
        await IsAsync(204, DeleteAsync([]));
        Assert.Equal(["load", "uses", "delete", "load", "uses", "delete"], _steps);
    }

    private static async Task<ProblemAnswer> IsAsync(int status, Task<IActionResult> answer)
    {
        var found = await answer;
        Assert.Equal(status, ((IStatusCodeActionResult)found).StatusCode);
        return found as ProblemAnswer ?? new ProblemAnswer(status, "", "");
    }

    private Task<IActionResult> PutAsync(string name, params (string Name, string Value)[] headers) =>
        Edit("", headers).PutAsync(_ => new Thing(name), JudgeAsync, WriteAsync, Answered);

    private Task<IActionResult> DeleteAsync(IReadOnlyList<ApiError> users, params (string Name, string Value)[] headers) =>
        Edit("", headers).DeleteAsync(
            _ =>
            {
                _steps.Add("delete");
                return Task.FromResult(_lost-- <= 0);
            },
            _ =>
            {
                _steps.Add("uses");
                return Task.FromResult(users);
            });

    private Edit<Kept, Thing> Edit(string query = "", params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        (http.Request.Method, http.Request.QueryString) = ("PUT", new QueryString(query));
        foreach (var (name, value) in headers) http.Request.Headers.Append(name, value);
        return new(new ApiRequest(http.Request, new Operation("Test", "", Audience.Reader)), "thing", "id")
        {
            Load = () =>
            {
                _steps.Add("load");
                return Task.FromResult(_there is null ? null : new Kept(_there));
            },
            Shown = stored => stored.Thing,
        };
    }

    private Task<IReadOnlyList<Problem>> JudgeAsync(Thing after, Kept? stored)
    {
        _steps.Add($"judge {after.Name} beside {stored?.Thing.Name ?? "nothing"}");
        return Task.FromResult<IReadOnlyList<Problem>>(_found);
    }

    private Task<Written<Thing>> WriteAsync(Thing after, Kept? stored)
    {
        _steps.Add($"write {after.Name}");
        return Task.FromResult(Written.OrLost(_lost-- > 0 ? null : after));
    }

    private IActionResult Answered(Thing value, bool made, IReadOnlyList<ApiError> warnings)
    {
        _steps.Add($"answer {value.Name}");
        return Answer.Stored(made, value, "/things/id");
    }

    private sealed record Thing(string Name);

    private sealed record Kept(Thing Thing);
}
