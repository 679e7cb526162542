using System;
using System.IO;
using System.Linq;
using DistributedLogging;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using Serilog;
using ZLogger;
using ILogger = Microsoft.Extensions.Logging.ILogger;

namespace Load;

/// <summary>A library under load.</summary>
internal interface IContender
{
    void Call(in Entry entry);

    /// <summary>Delivers everything and says how many records it dropped, if it knows.</summary>
    long Finish();
}

internal static class Contenders
{
    /// <summary>Where no server listens.</summary>
    internal const string Nobody = "http://127.0.0.1:9/api/logs";

    internal static IContender Open(string name, string endpoint, string scratch, bool isFlood) => name switch
    {
        "noop" => new Noop(),
        "ours" => new Ours(endpoint, scratch, isFlood),
        "otel" => new Otel(endpoint, null, null),
        "otel-big" => new Otel(endpoint, 1_000_000, 4096),
        "serilog" => new SerilogFile(scratch),
        "zlogger" => new ZLoggerFile(scratch),
        _ => throw new ArgumentException($"no contender is called {name}"),
    };
}

/// <summary>The control: everything but a library.</summary>
internal sealed class Noop : IContender
{
    public void Call(in Entry entry)
    {
    }

    public long Finish() => 0;
}

/// <summary>DistributedLogs with typed fields, as the README shows it.</summary>
internal sealed class Ours : IContender
{
    private readonly DistributedLogger logger;

    internal Ours(string endpoint, string scratch, bool isFlood)
    {
        var config = new DistributedLoggerConfig
        {
            Endpoint = endpoint,
            ServiceName = "bench",
            JournalDir = Path.Combine(scratch, "journal"),
            BatchIntervalMs = 200,
            ShutdownTimeoutMs = endpoint == Contenders.Nobody ? 0 : 60_000,
        };
        if (isFlood)
        {
            (config.Overflow, config.BlockTimeoutMs) = (OverflowChoice.Block, 10_000);
        }

        logger = new DistributedLogger(config);
        logger.Start();
    }

    public void Call(in Entry entry) => logger.Info(
        entry.Message,
        ("user_id", entry.User), ("path", entry.Path), ("duration", entry.Duration), ("ok", entry.Ok), ("trace", entry.Trace));

    public long Finish()
    {
        logger.Close();
        return logger.Stats().Refused.Values.Sum();
    }
}

/// <summary>OpenTelemetry's SDK behind ILogger in its fastest form, generated methods; OTLP over HTTP.</summary>
internal sealed class Otel : IContender
{
    private readonly ILoggerFactory factory;
    private readonly ILogger logger;

    internal Otel(string endpoint, int? queue, int? batch)
    {
        factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(telemetry =>
            telemetry.AddOtlpExporter((exporter, processor) =>
            {
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.Endpoint = new Uri(endpoint.Replace("/api/logs", "/v1/logs", StringComparison.Ordinal));
                processor.BatchExportProcessorOptions.MaxQueueSize = queue ?? processor.BatchExportProcessorOptions.MaxQueueSize;
                processor.BatchExportProcessorOptions.MaxExportBatchSize =
                    batch ?? processor.BatchExportProcessorOptions.MaxExportBatchSize;
            })));
        logger = factory.CreateLogger("bench");
    }

    public void Call(in Entry entry) => Generated.Log(logger, entry.User, entry.Path, entry.Duration, entry.Ok, entry.Trace);

    public long Finish()
    {
        factory.Dispose();
        return 0; // The SDK does not tell; the sink knows.
    }
}

/// <summary>Serilog into a file behind a buffer: a reference for the call alone.</summary>
internal sealed class SerilogFile(string scratch) : IContender
{
    private readonly Serilog.Core.Logger logger =
        new LoggerConfiguration().WriteTo.File(Path.Combine(scratch, "serilog.log"), buffered: true).CreateLogger();

    public void Call(in Entry entry) => logger.Information(
        "{message} {user_id} {path} {duration} {ok} {trace}",
        entry.Message, entry.User, entry.Path, entry.Duration, entry.Ok, entry.Trace);

    public long Finish()
    {
        logger.Dispose();
        return 0;
    }
}

/// <summary>ZLogger into a file by a thread of its own: a reference for the call alone.</summary>
internal sealed class ZLoggerFile : IContender
{
    private readonly ILoggerFactory factory;
    private readonly ILogger logger;

    internal ZLoggerFile(string scratch)
    {
        factory = LoggerFactory.Create(logging => logging.AddZLoggerFile(Path.Combine(scratch, "zlogger.log")));
        logger = factory.CreateLogger("bench");
    }

    public void Call(in Entry entry) => logger.ZLogInformation(
        $"{entry.Message} {entry.User} {entry.Path} {entry.Duration} {entry.Ok} {entry.Trace}");

    public long Finish()
    {
        factory.Dispose();
        return 0;
    }
}
