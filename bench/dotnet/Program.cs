using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace Load;

/// <summary>Makes the calls and tells how long they took. Open loop: a late burst is made at once, none is left out.</summary>
internal static class Program
{
    private const int WarmCalls = 100_000;
    private const int BurstWhileWarming = 100;

    private const string Usage = """
        usage: load noop|ours|otel|otel-big|serilog|zlogger ENDPOINT COUNT RATE|flood SCRATCH-DIR
               load disabled COUNT SCRATCH-DIR
        """;

    private static int Main(string[] given)
    {
        if (given is ["disabled", string calls, string folder])
        {
            Disabled.Measure(int.Parse(calls, CultureInfo.InvariantCulture), folder);
            return 0;
        }

        if (given.Length != 5)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        bool isFlood = given[3] == "flood";
        int count = int.Parse(given[2], CultureInfo.InvariantCulture);
        int burst = isFlood ? count : Math.Max(1, int.Parse(given[3], CultureInfo.InvariantCulture) / 1000);
        Warm(given[0].Replace("-big", "", StringComparison.Ordinal), Path.Combine(given[4], "warm"));
        Tell(Run(Contenders.Open(given[0], given[1], given[4], isFlood), count, burst));
        return 0;
    }

    /// <summary>Lets the runtime compile what will be measured, on a contender of its own whose records go nowhere.</summary>
    private static void Warm(string name, string scratch)
    {
        Directory.CreateDirectory(scratch);
        Run(Contenders.Open(name, Contenders.Nobody, scratch, isFlood: false), WarmCalls, BurstWhileWarming);
    }

    private static Measured Run(IContender contender, int count, int burst)
    {
        long[] durations = new long[count];
        string[] traces = Entry.Traces();
        GC.Collect();
        long begun = Stopwatch.GetTimestamp();
        for (int n = 0; n < count; n++)
        {
            if (n % burst == 0)
            {
                TimeSpan due = TimeSpan.FromMilliseconds(n / burst) - Stopwatch.GetElapsedTime(begun);
                if (due > TimeSpan.Zero)
                {
                    Thread.Sleep(due);
                }
            }

            Entry entry = Entry.Of(n, traces);
            long before = Stopwatch.GetTimestamp();
            contender.Call(in entry);
            durations[n] = Stopwatch.GetTimestamp() - before;
        }

        double logged = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        long dropped = contender.Finish();
        return new Measured(durations, logged, Stopwatch.GetElapsedTime(begun).TotalSeconds, dropped);
    }

    private static void Tell(Measured measured)
    {
        (long[] durations, double logged, double wall, long dropped) = measured;
        int count = durations.Length;
        double tickNs = 1e9 / Stopwatch.Frequency;
        Array.Sort(durations);
        double Quantile(double share) => durations[Math.Min(count - 1, (int)(count * share))] * tickNs;
        using var writer = new Utf8JsonWriter(Console.OpenStandardOutput());
        writer.WriteStartObject();
        writer.WriteNumber("calls", count);
        writer.WriteNumber("p50_ns", Quantile(0.5));
        writer.WriteNumber("p99_ns", Quantile(0.99));
        writer.WriteNumber("p999_ns", Quantile(0.999));
        writer.WriteNumber("max_ns", Quantile(1));
        writer.WriteNumber("over_1ms", durations.Count(ticks => ticks * tickNs > 1_000_000));
        writer.WriteNumber("logged_s", logged);
        writer.WriteNumber("wall_s", wall);
        writer.WriteNumber("dropped_says", dropped);
        writer.WriteNumber("peak_kb", PeakKb());
        writer.WriteEndObject();
    }

    private static long PeakKb()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'), CultureInfo.InvariantCulture);
    }

    private sealed record Measured(long[] Durations, double Logged, double Wall, long Dropped);
}
