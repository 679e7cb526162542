using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using System.Threading;
using DistributedLogging;

namespace KillMe;

/// <summary>
/// Usage: kill_me ENDPOINT JOURNAL SIDE LIFE THREADS. When stdin ends it stops, ships everything, also what earlier lives left,
/// and exits 0.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(280);

    private static volatile bool stop;

    private static int Main(string[] given)
    {
        string journal = given[1];
        string life = given[3];
        var logger = new DistributedLogger(new DistributedLoggerConfig
        {
            Endpoint = given[0],
            ServiceName = "kills",
            JournalDir = journal,
            BatchIntervalMs = 20,
            RetryMaxMs = 200,
        });
        using var file = MemoryMappedFile.CreateFromFile(given[2], FileMode.Open);
        using MemoryMappedViewAccessor side = file.CreateViewAccessor();
        Thread[] threads =
        [
            .. Enumerable.Range(0, int.Parse(given[4], CultureInfo.InvariantCulture))
                .Select(number => new Thread(() => LogUntilStopped(logger, side, life, number))),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Console.In.ReadToEnd();
        stop = true;
        Array.ForEach(threads, thread => thread.Join());
        return Ship(logger, journal);
    }

    private static unsafe void LogUntilStopped(DistributedLogger logger, MemoryMappedViewAccessor side, string life, int thread)
    {
        byte* start = null;
        side.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var place = (ulong*)(start + side.PointerOffset);
        for (ulong number = 1; !stop; number++)
        {
            string message = $"{life}.{thread}.{number}";
            while (!logger.Info(message, ("thread", thread), new Field("n", number)))
            {
                Thread.Sleep(1);
            }

            // One store of 8 bytes: SIGKILL cannot come in between.
            Volatile.Write(ref place[thread], number);
            if (number % 10 == 0)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static int Ship(DistributedLogger logger, string journal)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (logger.Flush(TimeSpan.FromSeconds(1)) == 0 && !OthersLeft(journal, logger.Stream.Split('.')[0]))
            {
                logger.Close();
                return 0;
            }

            Thread.Sleep(50);
        }

        Console.Error.WriteLine($"not shipped in {Patience}");
        return 1;
    }

    // Segments that other processes left.
    private static bool OthersLeft(string journal, string own) =>
        Directory.EnumerateFiles(journal, "*.seg", SearchOption.AllDirectories)
            .Any(path => !Path.GetDirectoryName(path)!.Contains(own, StringComparison.Ordinal));
}
