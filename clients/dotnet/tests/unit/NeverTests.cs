using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging.Tests;

/// <summary>What must never happen: an exception, a deadlock, a lost neighbour, whatever the values do while they are read.</summary>
public sealed class NeverTests : LoggerTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_value_that_throws_is_cut_and_its_neighbours_are_whole()
    {
        Assert.True(Logger.Info("m", ("a", 1), ("bad", new Does(() => throw new InvalidOperationException())), ("z", 26)));
        Row row = Sink.One();
        Assert.Equal(new Row.Cut("<Does: ToString() threw InvalidOperationException>"), row["bad"]);
        Assert.Equal((1L, 26L), (row["a"], row["z"]));
    }

    [Fact]
    public void A_value_that_logs_gives_two_whole_records()
    {
        var logs = new Does(() => Logger.Info("from inside", ("deep", 1)) ? "logged" : "refused");
        Assert.True(Logger.Info("outside", ("before", "x"), ("it", logs), ("after", "y")));
        Row[] rows = Sink.WaitFor(2);
        Assert.Equal(("from inside", 1L), (rows[0].Message, rows[0]["deep"]));
        Assert.Equal(new() { ["before"] = "x", ["it"] = "logged", ["after"] = "y" }, rows[1].Fields);
    }

    [Fact]
    public void A_value_that_logs_itself_ends()
    {
        Does? itself = null;
        itself = new Does(() => Logger.Info("again", ("it", itself!)).ToString());
        Assert.True(Logger.Info("start", ("it", itself)));
        Assert.Equal(0, Logger.Flush(TimeSpan.FromSeconds(10)));
        Assert.InRange(Sink.Rows.Length, 2, 100);
        Assert.Equal("start", Sink.Messages[^1]);
    }

    [Fact]
    public void An_enumerator_that_logs_itself_or_throws_ends()
    {
        IEnumerable<object>? itself = null;
        IEnumerable<object> Items()
        {
            Logger.Info("again", ("it", itself!));
            yield return 1;
            throw new InvalidOperationException();
        }

        itself = Items();
        Assert.True(Logger.Info("start", ("it", itself), ("after", 1)));
        Assert.Equal(0, Logger.Flush(TimeSpan.FromSeconds(10)));
        Row last = Sink.Rows[^1];
        Assert.Equal(new List<object?> { 1L, new Row.Cut("<enumerating threw InvalidOperationException>") }, last["it"]);
        Assert.Equal(1L, last["after"]);
    }

    [Fact]
    public void A_value_that_changes_its_dictionary()
    {
        Dictionary<string, object> fields = [];
        fields["a"] = 1;
        fields["it"] = new Does(() =>
        {
            fields["new"] = 1;
            return "changed";
        });
        fields["z"] = 1;
        Assert.True(Logger.Info("m", fields) && Logger.Info("next"));
        Row row = Sink.WaitFor(2)[0];
        Assert.Equal((1L, "changed"), (row["a"], row["it"]));
        Assert.IsType<Row.Cut>(row["@cut"]);
    }

    [Fact]
    public void Metadata_that_throws()
    {
        Assert.True(Logger.Info("m", new Throws()));
        Assert.Equal(new Row.Cut("<metadata threw NotSupportedException>"), Sink.One()["@cut"]);
    }

    [Fact]
    public void An_exception_that_throws()
    {
        Assert.True(Logger.Error("m", new Nasty()));
        Row row = Sink.One();
        Assert.Equal("<Message threw NotSupportedException>", row["@error.message"]);
        Assert.IsType<Row.Cut>(row["@error.stack"]);
    }

    [Fact]
    public void Nothing_instead_of_something()
    {
        Assert.True(Logger.Info(null!));
        Assert.True(Logger.Info(null!, (Dictionary<string, object>)null!));
        Assert.True(Logger.Info("m", (Exception)null!));
        Assert.True(Logger.Info("m", default(Field), new Field(null!, 1)));
        Assert.Equal(4, Sink.WaitFor(4).Length);
    }

    [Fact]
    public void Ten_megabytes_are_cut()
    {
        Assert.True(Logger.Info(new string('ü', 10_000_000), ("trace", "t-1")));
        // It takes a segment that may not be ready yet: that is refused, and then it is tried again.
        string huge = new('世', 10_000_000);
        Assert.True(SpinWait.SpinUntil(() => Logger.Info("m", ("a", 1), ("huge", huge), ("z", 1)), Patience));
        Row[] rows = Sink.WaitFor(2);
        Assert.EndsWith("…", rows[0].Message, StringComparison.Ordinal);
        Assert.Equal("t-1", rows[0]["trace"]);
        Assert.Equal(1L, rows[1]["a"]);
        Assert.IsType<Row.Cut>(rows[1]["huge"]);
    }

    [Fact]
    public async Task Many_threads()
    {
        const int Threads = 8;
        const int Calls = 500;
        DistributedLogger child = Logger.Child(("bound", "b"));
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int n = 0; n < Calls; n++)
            {
                string text = new('x', n);
                // A burst may find no segment ready: that is refused, and then it is tried again.
                Assert.True(SpinWait.SpinUntil(
                    () => (n % 2 == 0 ? Logger : child).Info("m", ("thread", thread), ("n", n), ("text", text)), Patience));
            }
        })));
        Row[] rows = Sink.WaitFor(Threads * Calls);
        foreach (IGrouping<object?, Row> own in rows.GroupBy(row => row["thread"]))
        {
            Assert.Equal(Enumerable.Range(0, Calls).Select(n => (object)(long)n), own.Select(row => row["n"]));
            Assert.All(own, row => Assert.Equal((long)((string)row["text"]!).Length, row["n"]));
        }
    }

    private sealed class Does(Func<string> what)
    {
        public override string ToString() => what();
    }

    private sealed class Nasty : Exception
    {
        public override string Message => throw new NotSupportedException();
    }

    private sealed class Throws : IEnumerable<KeyValuePair<string, object>>
    {
        public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => throw new NotSupportedException();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
