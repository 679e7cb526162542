using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace DistributedLogging.Tests;

/// <summary>start, flush, close and what they answer.</summary>
public sealed class LifecycleTests : LoggerTest
{
    [Fact]
    public async Task Flush_waits_until_everything_is_stored()
    {
        Logger.Info("m");
        Assert.Equal(0, await Logger.FlushAsync());
        Assert.Equal(["m"], Sink.Messages);
        Assert.Equal(1, Logger.Stats().Acked);
    }

    [Fact]
    public async Task A_token_ends_the_wait_at_once()
    {
        Sink.Status = 0;
        Logger.Info("m");
        using var soon = new CancellationTokenSource(50);
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Logger.FlushAsync(TimeSpan.FromSeconds(30), soon.Token));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Logger.FlushAsync(new CancellationToken(true)));
        Logger.Close(TimeSpan.Zero);
    }

    [Fact]
    public async Task Close_sends_the_rest_and_may_be_called_again()
    {
        for (int n = 0; n < 20; n++)
        {
            Logger.Info("m", ("n", n));
        }

        CloseReport report = await Logger.CloseAsync();
        Assert.Equal(new CloseReport(20, 0, 0), report);
        Assert.Equal(report, Logger.Close());
        Assert.Equal(report, Logger.Stop());
        await Logger.DisposeAsync();
        Assert.Equal(20, Sink.Rows.Length);
        Assert.Equal((LoggerState.Stopped, null), (Logger.State, Logger.Activity));
    }

    [Fact]
    public void A_call_after_close_is_refused_and_counted()
    {
        Logger.Info("in time");
        Logger.Dispose();
        Assert.False(Logger.Error("too late"));
        Assert.Equal(1, Logger.Stats().Refused[RefusedReason.Closed]);
        Assert.Equal(["in time"], Sink.Messages);
    }

    [Fact]
    public void Close_is_bounded_while_the_server_hangs_and_somebody_listens()
    {
        Sink.Status = 0;
        DistributedLoggerConfig config = Config();
        config.ShutdownTimeoutMs = 200;
        var logger = new DistributedLogger(config);
        logger.Happened += (_, _) => { };
        logger.Info("m");
        var clock = Stopwatch.StartNew();
        Assert.Equal(1, logger.Close().Waiting);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 6000);
    }

    [Fact]
    public async Task Close_during_calls_of_other_threads()
    {
        using var stop = new CancellationTokenSource();
        long accepted = 0;
        Task[] tasks = new Task[4];
        for (int n = 0; n < tasks.Length; n++)
        {
            tasks[n] = Task.Run(() =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Interlocked.Add(ref accepted, Logger.Info("m") ? 1 : 0);
                }
            });
        }

        SpinWait.SpinUntil(() => Interlocked.Read(ref accepted) > 1000);
        CloseReport report = Logger.Close(TimeSpan.FromSeconds(20));
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        Assert.Equal((Interlocked.Read(ref accepted), 0, 0), (report.Sent, report.Waiting, report.Lost));
        Assert.Equal(Interlocked.Read(ref accepted), Logger.Stats().Accepted);
        Assert.Equal(Interlocked.Read(ref accepted), Sink.Rows.Length);
    }

    [Fact]
    public void Statistics_have_the_names_of_the_wire()
    {
        Logger.Info("m");
        Logger.Flush(TimeSpan.FromSeconds(10));
        LoggerStatistics stats = Logger.Stats();
        Assert.Equal((1, 1, 1, 0, 0), (stats.Accepted, stats.Acked, stats.Sent, stats.Waiting, stats.Failed));
        Assert.True(stats.Requests > 0 && stats.BytesSent > 0 && stats.JournalMaxBytes > 0);
        Assert.Contains(stats.Journal, new[] { "disk", "overlay", "tmpfs" });
        Assert.Contains("\"accepted\":1", stats.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, stats.Lost[LostReason.Torn]);
    }

    [Fact]
    public void A_full_journal_makes_the_call_wait_only_where_that_was_asked_for()
    {
        Sink.Status = 503;
        DistributedLoggerConfig config = Config();
        (config.Overflow, config.BlockTimeoutMs, config.JournalMaxBytes) = (OverflowChoice.Block, 30, 1048576);
        config.ShutdownTimeoutMs = 0;
        using var logger = new DistributedLogger(config);
        string text = new('x', 10_000);
        long refused = 0;
        var clock = Stopwatch.StartNew();
        while (refused == 0 && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            refused += logger.Info(text) ? 0 : 1;
        }

        Assert.Equal(refused, logger.Stats().Refused[RefusedReason.JournalFull]);
    }

    [Fact]
    public void A_bad_option_is_told_with_its_name()
    {
        List<(Action<DistributedLoggerConfig> Set, string Named)> table =
        [
            (config => config.BatchSize = 0, "batch_size"),
            (config => config.Endpoint = "ftp://x", "endpoint"),
            (config => config.Set("batch_sise", 10), "batch_sise"),
            (config => config.Set("level", "loud"), "level"),
            (config => config.Compression = (CompressionChoice)9, "compression"),
            (config => config.Level = (Level)9, "level"),
        ];
        foreach ((Action<DistributedLoggerConfig> set, string named) in table)
        {
            DistributedLoggerConfig config = Config();
            set(config);
            Assert.Contains(named, Assert.Throws<ArgumentException>(() => new DistributedLogger(config)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>(() => new DistributedLogger(null!));
    }

    [Fact]
    public void Every_option_can_be_set()
    {
        var config = new DistributedLoggerConfig
        {
            Endpoint = Sink.Endpoint,
            ServiceName = "s",
            ComponentName = "c",
            Environment = "e",
            ApiKey = "k",
            Level = Level.Warning,
            Metadata = new Dictionary<string, object> { ["region"] = "eu-1", ["build"] = 42, ["list"] = new[] { 1, 2 }, ["at"] = DateTime.UnixEpoch },
            BatchSize = 10,
            BatchIntervalMs = 20,
            BatchMaxBytes = 4096,
            Journal = JournalChoice.Memory,
            JournalDir = Journal,
            JournalMaxBytes = 5_000_000_000,
            JournalMaxAgeDays = 1,
            MemoryMaxBytes = 1048576,
            Durability = DurabilityChoice.Disk,
            Overflow = OverflowChoice.Block,
            BlockTimeoutMs = 1,
            RetryInitialMs = 1,
            RetryMaxMs = 1,
            FailedAfter = 1,
            RequestTimeoutMs = 1000,
            ShutdownTimeoutMs = 1000,
            Compression = CompressionChoice.None,
            HeartbeatMs = 1000,
            RedactKeys = ["password"],
            CaFile = string.Empty,
        };
        foreach (System.Reflection.PropertyInfo option in typeof(DistributedLoggerConfig).GetProperties())
        {
            Assert.True(option.GetValue(config) is not null, option.Name);
        }

        using var logger = new DistributedLogger(config);
        Assert.Equal(Level.Warning, logger.Level);
        logger.Error("m", ("password", "hunter2"));
        logger.Flush(TimeSpan.FromSeconds(10));
        Assert.Equal("[redacted]", Sink.One()["password"]);
        Assert.Equal("memory", logger.Stats().Journal);
        Assert.Equal("dotnet", Sink.Clients[0].GetProperty("language").GetString());
        Assert.Equal("s", Sink.Clients[0].GetProperty("service").GetString());
    }
}
