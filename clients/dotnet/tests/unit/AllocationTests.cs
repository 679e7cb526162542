using System;
using System.Collections.Generic;

namespace DistributedLogging.Tests;

/// <summary>The usual calls allocate nothing: not a byte over thousands of calls.</summary>
public sealed class AllocationTests : LoggerTest
{
    private static long Allocated(Action call)
    {
        const int Calls = 2000;
        for (int warm = 0; warm < 200; warm++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < Calls; n++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_message() => Assert.Equal(0, Allocated(() => Logger.Info("Request processed")));

    [Fact]
    public void Typed_fields()
    {
        int user = 12345;
        var guid = Guid.NewGuid();
        Assert.Equal(0, Allocated(() => Logger.Info(
            "Request processed",
            ("user_id", user), ("path", "/api/users"), ("took", 45.25), ("cached", true), ("price", 1.10m), ("id", guid),
            ("at", DateTime.UtcNow), ("name", "Grüße"))));
    }

    [Fact]
    public void A_dictionary()
    {
        var fields = new Dictionary<string, object> { ["user_id"] = 12345, ["path"] = "/api/users", ["took"] = 45.25 };
        Assert.Equal(0, Allocated(() => Logger.Info("Request processed", fields)));
    }

    [Fact]
    public void A_custom_event() => Assert.Equal(0, Allocated(() => Logger.Custom("payment_completed", ("amount", 99.99))));

    [Fact]
    public void A_child()
    {
        DistributedLogger child = Logger.Child(("request_id", "r-1"));
        Assert.Equal(0, Allocated(() => child.Info("Request processed", ("n", 1))));
    }

    [Fact]
    public void A_disabled_call()
    {
        Logger.Level = Level.Error;
        Assert.Equal(0, Allocated(() => Logger.Info("Request processed", ("user_id", 12345), ("path", "/api/users"))));
    }
}
