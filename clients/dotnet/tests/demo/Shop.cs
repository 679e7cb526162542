using System;
using System.Threading;
using DistributedLogging;

namespace Demo;

/// <summary>Records of the kinds and in the proportions of a service under load.</summary>
internal sealed class Shop(DistributedLogger logger, string prefix, bool named)
{
    // Records are logged in bursts, as requests come.
    private const int Burst = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static readonly string[] Paths = ["/api/users", "/api/orders", "/api/cart", "/checkout", "/search", "/health"];
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Currencies = ["USD", "EUR", "GBP", "JPY"];

    /// <summary>Logs so many records, or until told to stop; answers how many were accepted.</summary>
    internal int Open(int? records, ManualResetEventSlim stop)
    {
        int accepted = 0;

        // A page that somebody watches shows one record after the other.
        int burst = records is null ? 1 : Burst;
        for (int number = 1; (records is null || number <= records) && !stop.IsSet; number++)
        {
            accepted += LogOne($"{prefix}-{number}") ? 1 : 0;
            if (number % burst == 0)
            {
                stop.Wait(Pause);
            }
        }

        return accepted;
    }

    private bool LogOne(string id)
    {
        double draw = Random.Shared.NextDouble();
        var demoId = new Field("demo_id", id);
        var user = new Field("user_id", Random.Shared.Next(1, 10_000));
        if (draw < 0.80)
        {
            double took = Math.Round(Math.Exp(3 + (0.8 * Normal())), 1);
            return logger.Info(
                Text("Request processed", id),
                demoId, user, ("path", Any(Paths)), ("method", Any(Methods)), ("response_time_ms", took));
        }

        if (draw < 0.90)
        {
            return logger.Warning(
                Text("Rate limit approaching", id),
                demoId, user, ("current_rate", Random.Shared.Next(900, 1001)), ("limit", 1000));
        }

        if (draw < 0.97)
        {
            double amount = Math.Round(1 + (499 * Random.Shared.NextDouble()), 2);
            return logger.Custom(
                Text("payment_completed", id), demoId, user, ("amount", amount), ("currency", Any(Currencies)));
        }

        try
        {
            throw new PaymentDeclinedException("the bank said no");
        }
        catch (PaymentDeclinedException declined)
        {
            return logger.Error(Text("Payment failed", id), declined, demoId, user);
        }
    }

    private string Text(string message, string id) => named ? id : message;

    private static T Any<T>(T[] choices) => choices[Random.Shared.Next(choices.Length)];

    private static double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - Random.Shared.NextDouble())) * Math.Cos(2 * Math.PI * Random.Shared.NextDouble());

    /// <summary>What goes wrong in a shop.</summary>
    private sealed class PaymentDeclinedException(string message) : Exception(message);
}
