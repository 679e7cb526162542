using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using DistributedLogging;
using Microsoft.Extensions.Logging;
using Serilog;
using ZLogger;

namespace Load;

/// <summary>What a call costs whose level is off, in nanoseconds: the least of fifteen rounds, without and with two fields.</summary>
internal static class Disabled
{
    private const int Rounds = 15;

    internal static void Measure(int count, string scratch)
    {
        using var ours = new DistributedLogger(new DistributedLoggerConfig
        {
            Endpoint = "http://127.0.0.1:9/nobody",
            JournalDir = scratch,
        });
        using ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddZLoggerStream(Stream.Null));
        Microsoft.Extensions.Logging.ILogger mel = factory.CreateLogger("bench");
        using Serilog.Core.Logger serilog = new LoggerConfiguration().MinimumLevel.Information().CreateLogger();
        string path = scratch;
        var table = new List<(string Name, Func<int, TimeSpan> Loop)>
        {
            // The loops are written out: a delegate per call would cost more than what is measured.
            ("nothing", n => Timed(() => { for (int i = 0; i < n; i++) { } })),
            ("ours", n => Timed(() => { for (int i = 0; i < n; i++) { ours.Debug("Request processed"); } })),
            ("serilog", n => Timed(() => { for (int i = 0; i < n; i++) { serilog.Debug("Request processed"); } })),
            ("ilogger", n => Timed(() => { for (int i = 0; i < n; i++) { Generated.Off(mel); } })),
            ("zlogger", n => Timed(() => { for (int i = 0; i < n; i++) { mel.ZLogDebug($"Request processed"); } })),
            ("ours, two fields", n => Timed(() => { for (int i = 0; i < n; i++) { ours.Debug("Request processed", ("path", path), ("user_id", i)); } })),
            ("serilog, two fields", n => Timed(() => { for (int i = 0; i < n; i++) { serilog.Debug("Request processed {path} {user_id}", path, i); } })),
            ("ilogger, two fields", n => Timed(() => { for (int i = 0; i < n; i++) { Generated.Off(mel, path, i); } })),
            ("zlogger, two fields", n => Timed(() => { for (int i = 0; i < n; i++) { mel.ZLogDebug($"Request processed {path} {i}"); } })),
        };
        foreach ((string name, Func<int, TimeSpan> loop) in table)
        {
            double least = double.MaxValue;
            for (int round = 0; round < Rounds; round++)
            {
                least = Math.Min(least, loop(count).TotalNanoseconds / count);
            }

            Console.WriteLine($"{name,-22}{least,8:F2} ns");
        }
    }

    private static TimeSpan Timed(Action loop)
    {
        long begun = Stopwatch.GetTimestamp();
        loop();
        return Stopwatch.GetElapsedTime(begun);
    }
}
