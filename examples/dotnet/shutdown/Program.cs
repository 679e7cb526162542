// A graceful shutdown: SIGTERM ends the work, then the logger is closed, within a limit.
using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using DistributedLogging;

using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

using var logger = new DistributedLogger(new() { ServiceName = "worker" });
logger.Info("Worker started");
using var work = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
try
{
    while (await work.WaitForNextTickAsync(stopping.Token))
    {
        logger.Info("Working");
    }
}
catch (OperationCanceledException)
{
    logger.Info("Worker stops");
}

CloseReport report = logger.Close(TimeSpan.FromSeconds(5));
Console.WriteLine($"sent {report.Sent}, left {report.Waiting} for the next start, lost {report.Lost}");
