using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace DistributedLogging.Tests;

/// <summary>What a logger tells about itself.</summary>
public sealed class EventTests : LoggerTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_batch_that_was_sent()
    {
        using var heard = new BlockingCollection<BatchSentEventArgs>();
        Logger.BatchSent += (sender, sent) =>
        {
            Assert.Same(Logger, sender);
            heard.Add(sent);
        };
        Logger.Info("m");
        Assert.True(heard.TryTake(out BatchSentEventArgs? batch, Patience));
        Assert.Equal(("batch_sent", 1L, 1L, 1L), (batch.Name, batch.FirstSeq, batch.LastSeq, batch.Count));
        Assert.Equal(Logger.Stream, batch.Stream);
        Assert.True(batch.Bytes > 0);
    }

    [Fact]
    public void States_and_a_server_that_fails_and_comes_back()
    {
        Sink.Status = 503;
        using var failed = new ManualResetEventSlim();
        using var restored = new ManualResetEventSlim();
        List<string> states = [];
        int? status = null;
        Logger.StateChanged += (_, changed) => states.Add($"{changed.From}->{changed.To}");
        Logger.BatchFailed += (_, batch) => status = batch.Status;
        Logger.ConnectionFailed += (_, connection) =>
        {
            Assert.Equal("server", connection.Reason);
            failed.Set();
        };
        Logger.ConnectionRestored += (_, _) => restored.Set();
        Logger.Info("m");
        Assert.True(failed.Wait(Patience));
        Sink.Status = 200;
        Assert.True(restored.Wait(Patience));
        Logger.Close();
        Assert.Equal(503, status);
        Assert.Equal("Stopped->Starting", states[0]);
        Assert.Contains("Error->Retrying", states);
        Assert.Equal("Stopping->Stopped", states[^1]);
    }

    [Fact]
    public void Everything_is_told_before_close_returns_and_errors_of_listeners_are_theirs()
    {
        var all = new ConcurrentQueue<string>();
        DistributedLogger child = Logger.Child(("a", 1));
        Logger.Happened += (_, _) => throw new InvalidOperationException();
        child.Happened += (_, happened) => all.Enqueue(happened.ToString());
        Logger.Info("m");
        Logger.Close(Patience);
        Assert.Contains(all, one => one.Contains("\"name\":\"batch_sent\"", StringComparison.Ordinal));
        Assert.Contains("\"to\":\"stopped\"", all.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_that_was_taken_away_hears_nothing()
    {
        int heard = 0;
        void Listener(object? sender, BatchSentEventArgs sent) => heard++;
        Logger.BatchSent += Listener;
        Logger.BatchSent -= Listener;
        Logger.BatchSent -= Listener;
        Logger.Info("m");
        Logger.Close(Patience);
        Assert.Equal(0, heard);
    }

    [Fact]
    public void A_listener_may_close_the_logger()
    {
        using var done = new ManualResetEventSlim();
        Logger.BatchSent += (_, _) =>
        {
            Logger.Close(TimeSpan.FromSeconds(1));
            done.Set();
        };
        Logger.Info("m");
        Assert.True(done.Wait(Patience));
    }
}
