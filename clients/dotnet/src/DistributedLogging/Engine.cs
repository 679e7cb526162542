using System;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace DistributedLogging;

/// <summary>What a logger and its children share: the core's handle, a copy of the level, the listeners.</summary>
internal sealed unsafe class Engine
{
    private readonly ulong handle;
    private volatile int level;

    internal Engine(DistributedLoggerConfig config)
    {
        NativeLibraryFinder.Find();
        byte[] json = config.ToJson();
        byte[] error = new byte[4096];
        ulong opened;
        nuint length;
        int status;
        fixed (byte* options = json)
        fixed (byte* message = error)
        {
            status = Native.Open(options, (nuint)json.Length, &opened, message, (nuint)error.Length, &length);
        }

        if (status != Native.Ok)
        {
            GC.SuppressFinalize(this);
            string said = Encoding.UTF8.GetString(error, 0, (int)Math.Min(length, (nuint)error.Length));
            throw status is Native.Config or Native.BadArgument
                ? new ArgumentException(said, nameof(config))
                : new InvalidOperationException(said.Length > 0 ? said : $"the core answered {status}");
        }

        handle = opened;
        Events = new Events(handle);
        using JsonDocument resolved = JsonDocument.Parse(Output.Read(handle, Native.Options));
        level = resolved.RootElement.GetProperty("level").GetInt32();
        ShutdownTimeout = TimeSpan.FromMilliseconds(resolved.RootElement.GetProperty("shutdown_timeout_ms").GetInt64());
        OpenLoggers.Add(this);
    }

    // Only closed loggers come here: OpenLoggers keeps the others alive. A call that still runs gets `stale` from the core.
    ~Engine() => _ = Native.Release(handle);

    internal Events Events { get; }

    internal TimeSpan ShutdownTimeout { get; }

    internal Level Level
    {
        get => (Level)level;
        set
        {
            if (Native.SetLevel(handle, (int)value) != Native.Ok)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "a level is one of Trace to Critical");
            }

            level = (int)value;
        }
    }

    internal string Stream
    {
        get
        {
            using JsonDocument resolved = JsonDocument.Parse(Output.Read(handle, Native.Options));
            return resolved.RootElement.GetProperty("stream").GetString() ?? string.Empty;
        }
    }

    internal LoggerState State => (LoggerState)(Native.State(handle) & 0xFF);

    internal LoggerActivity? Activity
    {
        get
        {
            int activity = Native.State(handle) >> 8;
            return activity > 0 ? (LoggerActivity)(activity - 1) : null;
        }
    }

    internal bool IsEnabled(Level wanted) => (int)wanted >= level;

    /// <summary>Gives a body to the journal, and back to its thread. True: it is kept.</summary>
    internal bool Append(Body body)
    {
        int outcome;
        fixed (byte* start = body.Finish())
        {
            outcome = Native.Append(handle, start, (nuint)body.Length);
            if (outcome == Native.Full)
            {
                outcome = Native.AppendWaiting(handle, start, (nuint)body.Length);
            }
        }

        body.Return();
        return outcome == Native.Ok;
    }

    internal void Start() => _ = Native.Start(handle);

    internal long Flush(TimeSpan timeout)
    {
        ulong waiting = 0;
        _ = Native.Flush(handle, Milliseconds(timeout), &waiting);
        return (long)waiting;
    }

    internal CloseReport Close(TimeSpan timeout)
    {
        ulong* report = stackalloc ulong[3];
        report[0] = report[1] = report[2] = 0;
        _ = Native.Close(handle, Milliseconds(timeout), report);
        OpenLoggers.Remove(this);
        Events.End();
        return new CloseReport((long)report[0], (long)report[1], (long)report[2]);
    }

    internal LoggerStatistics Statistics() => new(Encoding.UTF8.GetString(Output.Read(handle, Native.Stats)));

    private static uint Milliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
        {
            return uint.MaxValue;
        }

        return (uint)Math.Min(Math.Max(timeout.TotalMilliseconds, 0), uint.MaxValue);
    }
}
