using System;
using System.Threading;
using DistributedLogging;

namespace Demo;

/// <summary>
/// Logs until Ctrl-C, or <c>--records N</c>; with <c>--check N</c> the message is the record's id and the last line says how many
/// were accepted. <c>--endpoint URL</c> and <c>--prefix TEXT</c> (what every id begins with) may be given.
/// </summary>
internal static class Program
{
    private static int Main(string[] given)
    {
        int? records = null;
        bool check = false;
        string prefix = "dotnet";
        var config = new DistributedLoggerConfig { ComponentName = "dotnet", BatchIntervalMs = 200 };
        for (int at = 0; at + 1 < given.Length; at += 2)
        {
            string value = given[at + 1];
            switch (given[at])
            {
                case "--endpoint":
                    config.Endpoint = value;
                    break;
                case "--prefix":
                    prefix = value;
                    break;
                case "--records" or "--check" when int.TryParse(value, out int count):
                    (records, check) = (count, given[at] == "--check");
                    break;
                default:
                    return Misused();
            }
        }

        if (given.Length % 2 != 0)
        {
            return Misused();
        }

        config.ServiceName = check ? "demo-check" : "demo-shop";
        return Run(config, records, prefix, check);
    }

    private static int Run(DistributedLoggerConfig config, int? records, string prefix, bool check)
    {
        using var logger = new DistributedLogger(config);
        using var stop = new ManualResetEventSlim();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Set();
        };
        int accepted = new Shop(logger, prefix, named: check).Open(records, stop);
        if (stop.IsSet)
        {
            logger.Info("Demo stopped", ("demo_id", prefix));
        }

        if (records is not null && logger.Flush(TimeSpan.FromSeconds(60)) > 0)
        {
            Console.Error.WriteLine("the server did not acknowledge everything within 60 s; the rest is in the journal");
            return 1;
        }

        if (check)
        {
            Console.WriteLine($"accepted {accepted}");
        }

        return 0;
    }

    private static int Misused()
    {
        Console.Error.WriteLine("usage: demo [--endpoint URL] [--records N | --check N] [--prefix TEXT]");
        return 2;
    }
}
