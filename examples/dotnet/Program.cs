// Logs a few records. Start a server first (`dlogs serve`), then watch http://localhost:5000.
using System;
using DistributedLogging;

await using var logger = new DistributedLogger(new() { ServiceName = "quickstart", ComponentName = "main" });
logger.Info("Service started", ("version", "1.4.2"));
logger.Warning("Rate limit approaching", ("current_rate", 950), ("limit", 1000));

// Loggers with fields of their own.
DistributedLogger request = logger.Child(("request_id", "r-7f3a"));
request.Info("Request processed", ("path", "/api/users"), ("response_time_ms", 45));
DistributedLogger payments = logger.Child(("component", "payments"));
payments.Custom("payment_completed", ("amount", 99.99), ("currency", "USD"));

try
{
    int by = args.Length;
    Console.WriteLine(1 / by);
}
catch (DivideByZeroException error)
{
    logger.Error("Could not divide", error, ("by", 0));
}

long unacknowledged = await logger.FlushAsync();
Console.WriteLine($"{unacknowledged} records wait for a server, safe in the journal");
