using System;
using System.IO;

namespace DistributedLogging.Tests;

/// <summary>A sink, a folder, and a logger that logs to the one by way of the other.</summary>
public abstract class LoggerTest : IDisposable
{
    /// <summary>How long may be sent at an end where it is counted what has arrived.</summary>
    private protected const int PatienceMs = 20_000;

    private readonly string folder = Directory.CreateTempSubdirectory("dlogs-dotnet-").FullName;
    private readonly Lazy<DistributedLogger> logger;

    protected LoggerTest() => logger = new(() => new DistributedLogger(Config()));

    private protected Sink Sink { get; } = new();

    private protected string Journal => Path.Combine(folder, "journal");

    private protected DistributedLogger Logger => logger.Value;

    private protected DistributedLoggerConfig Config() => new()
    {
        Endpoint = Sink.Endpoint,
        ServiceName = "tests",
        JournalDir = Journal,
        BatchIntervalMs = 20,
        RetryInitialMs = 20,
        RetryMaxMs = 50,
        // Many tests count what has arrived as soon as a logger is closed: no stall of the machine may end that sooner.
        ShutdownTimeoutMs = PatienceMs,
        Compression = CompressionChoice.None,
        Level = Level.Trace,
    };

    public void Dispose()
    {
        if (logger.IsValueCreated)
        {
            logger.Value.Close(TimeSpan.FromSeconds(5));
        }

        Sink.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
