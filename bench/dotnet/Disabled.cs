using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using DistributedLogging;
using Microsoft.Extensions.Logging;
using Serilog;
using ZLogger;

namespace Load;

/// <summary>What a call costs whose level is off, in nanoseconds: the median of fifteen rounds in turns, without and with two fields.</summary>
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
        var rounds = table.ToDictionary(row => row.Name, _ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((string name, Func<int, TimeSpan> loop) in table)
            {
                rounds[name].Add(loop(count).TotalNanoseconds / count);
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(rounds.ToDictionary(row => row.Key, row => row.Value.Order().ElementAt(Rounds / 2))));
    }

    private static TimeSpan Timed(Action loop)
    {
        long begun = Stopwatch.GetTimestamp();
        loop();
        return Stopwatch.GetElapsedTime(begun);
    }
}
