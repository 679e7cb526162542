using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading;
using DistributedLogging;

namespace Exits;

/// <summary>Usage: exits WAY ENDPOINT JOURNAL SHUTDOWN_TIMEOUT_MS. Logs 50 records and ends without closing anything.</summary>
internal static class Program
{
    private static int Main(string[] given)
    {
        DistributedLogger logger;
        try
        {
            logger = new DistributedLogger(new DistributedLoggerConfig
            {
                Endpoint = given[1],
                ServiceName = "exits",
                JournalDir = given[2],
                BatchIntervalMs = 60_000,
                ShutdownTimeoutMs = int.Parse(given[3], CultureInfo.InvariantCulture),
                Compression = CompressionChoice.None,
            });
        }
        catch (DllNotFoundException error)
        {
            Console.WriteLine(error.Message);
            return 9;
        }

        logger.Happened += (_, _) => { };
        for (int n = 1; n <= 50; n++)
        {
            logger.Info("m", ("n", n));
        }

        return End(given[0]);
    }

    private static int End(string way)
    {
        switch (way)
        {
            case "return":
                return 3;
            case "exit":
                Environment.Exit(4);
                return 0;
            case "thread":
                new Thread(() => Environment.Exit(5)).Start();
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "signal":
                Console.WriteLine("ready");
                Thread.Sleep(Timeout.Infinite);
                return 0;
            case "sigterm":
                // As a host does it: since .NET 10 nobody else does.
                using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
                {
                    signal.Cancel = true;
                    Environment.Exit(7);
                }))
                {
                    Console.WriteLine("ready");
                    Thread.Sleep(Timeout.Infinite);
                }

                return 0;
            case "busy":
                var busy = new Thread(() =>
                {
                    // How much it logs depends on the machine: all of it need not be sent before the process may end.
                    using var another = new DistributedLogger(new DistributedLoggerConfig { ShutdownTimeoutMs = 2000 });
                    for (; ; )
                    {
                        another.Info("busy", ("o", new object()));
                    }
                })
                { IsBackground = true };
                busy.Start();
                return 6;
            default:
                throw new InvalidOperationException("nobody catches this");
        }
    }
}
