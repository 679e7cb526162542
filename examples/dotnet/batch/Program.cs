// A batch job: bad rows are logged and left out, the sum is an event, and the job ends when the server has everything.
using System;
using System.Globalization;
using System.Threading;
using DistributedLogging;

string[] rows = ["19.99", "5.00", "n/a", "12.50"];

await using var logger = new DistributedLogger(new() { ServiceName = "billing", ComponentName = "nightly" });
DistributedLogger job = logger.Child(("job_id", "2026-01-31"));
job.Info("Job started", ("rows", rows.Length));

decimal total = 0;
for (int row = 0; row < rows.Length; row++)
{
    try
    {
        total += decimal.Parse(rows[row], CultureInfo.InvariantCulture);
    }
    catch (FormatException error)
    {
        job.Error("Row left out", error, ("row", row));
    }
}

job.Custom("job_finished", ("rows", rows.Length), ("total", total));

// A job that nobody watches should not end before its records are safe elsewhere; they are safe here in any case.
using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
if (await logger.FlushAsync(patience.Token) is > 0 and long waiting)
{
    Console.WriteLine($"{waiting} records wait for a server; the next run sends them");
}
