using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using global::Serilog;
using global::Serilog.Core;
using global::Serilog.Events;

namespace DistributedLogging.Tests;

/// <summary>Serilog into a logger.</summary>
public sealed class SerilogTests : LoggerTest
{
    private Logger Serilog() => new LoggerConfiguration()
        .MinimumLevel.Verbose()
        .Enrich.FromLogContext()
        .WriteTo.DistributedLogs(Logger)
        .CreateLogger();

    [Fact]
    public void A_template_its_properties_and_its_source()
    {
        using Logger serilog = Serilog();
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        serilog.ForContext<SerilogTests>().Warning("Order {Order} of {@Who} has {Items}", 7, new { Name = "Ann" }, new[] { 1, 2 });
        Row row = Sink.One();
        Assert.Equal(Level.Warning, row.Level);
        Assert.Equal("Order 7 of { Name: \"Ann\" } has [1, 2]", row.Message);
        Assert.Equal(7L, row["Order"]);
        Assert.Equal("Ann", ((Dictionary<string, object?>)row["Who"]!)["Name"]);
        Assert.Equal(new List<object?> { 1L, 2L }, row["Items"]);
        Assert.Equal(typeof(SerilogTests).FullName, row["@logger"]);
        Assert.Equal("Order {Order} of {@Who} has {Items}", row["{OriginalFormat}"]);
        Assert.True(row.TimeNs / 100 >= before.UtcTicks - DateTime.UnixEpoch.Ticks);
    }

    [Fact]
    public void Every_level()
    {
        using Logger serilog = Serilog();
        foreach (LogEventLevel level in Enum.GetValues<LogEventLevel>())
        {
            serilog.Write(level, "m");
        }

        Assert.Equal(Enum.GetValues<Level>(), Sink.WaitFor(6).Select(row => row.Level));
        Assert.Empty(Sink.Rows[0].Fields);
    }

    [Fact]
    public void Errors_the_current_trace_and_the_context()
    {
        using Logger serilog = Serilog();
        using var activity = new Activity("a");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        using (global::Serilog.Context.LogContext.PushProperty("request_id", "r-1"))
        {
            serilog.Error(new FormatException("no"), "m");
        }

        Row row = Sink.One();
        Assert.Equal(("System.FormatException", "no", "r-1"), (row["@error.type"], row["@error.message"], row["request_id"]));
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (row["@trace_id"], row["@span_id"]));
    }

    [Fact]
    public void Values_of_every_form()
    {
        using Logger serilog = Serilog();
        var map = new Dictionary<int, object> { [1] = "one", [2] = new[] { 1.5 } };
        serilog.Information("{Map} {Decimal} {Time} {Nothing}", map, 1.10m, DateTimeOffset.UnixEpoch, null);
        Row row = Sink.One();
        Assert.Equal(new Dictionary<string, object?> { ["1"] = "one", ["2"] = new List<object?> { 1.5 } }, row["Map"]);
        Assert.Equal((new Row.Number("1.10"), new Row.Time(0), null), (row["Decimal"], row["Time"], row["Nothing"]));
    }

    [Fact]
    public void A_sink_closes_only_its_own_logger()
    {
        Serilog().Dispose();
        Assert.True(Logger.Info("m"));
        using (Logger own = new LoggerConfiguration().WriteTo.DistributedLogs(Config()).CreateLogger())
        {
            own.Information("n");
        }

        Assert.Contains("n", Sink.Messages);
    }
}
