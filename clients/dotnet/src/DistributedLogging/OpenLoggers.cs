using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace DistributedLogging;

/// <summary>
/// The loggers that are not closed yet. They stay alive until they are, so that a forgotten one still delivers its records, and
/// they are closed when the process ends.
/// </summary>
internal static class OpenLoggers
{
    private static readonly HashSet<Engine> Open = [];
    private static bool hooked;

    internal static void Add(Engine engine)
    {
        lock (Open)
        {
            Open.Add(engine);
            if (!hooked)
            {
                hooked = true;
                // Also at Environment.Exit, and at SIGTERM where the program or its host ends at it (before .NET 10 the runtime
                // does). Not at a crash: what was logged before one lies in the journal.
                AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();
            }
        }
    }

    internal static void Remove(Engine engine)
    {
        lock (Open)
        {
            Open.Remove(engine);
        }
    }

    /// <summary>Together they take no longer than the slowest may.</summary>
    private static void CloseAll()
    {
        Engine[] engines;
        lock (Open)
        {
            engines = [.. Open];
        }

        TimeSpan allowed = TimeSpan.Zero;
        foreach (Engine engine in engines)
        {
            allowed = engine.ShutdownTimeout > allowed ? engine.ShutdownTimeout : allowed;
        }

        var clock = Stopwatch.StartNew();
        foreach (Engine engine in engines)
        {
            TimeSpan left = allowed - clock.Elapsed;
            engine.Close(left < engine.ShutdownTimeout ? left : engine.ShutdownTimeout);
        }
    }
}
