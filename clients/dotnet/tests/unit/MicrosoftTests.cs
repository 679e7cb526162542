using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using DistributedLogging.Extensions.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistributedLogging.Tests;

/// <summary>Microsoft.Extensions.Logging into a logger.</summary>
public sealed partial class MicrosoftTests : LoggerTest
{
    private ILoggerFactory Factory() => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Trace);
        logging.AddDistributedLogs(Logger);
    });

    [Fact]
    public void A_template_its_values_its_category_and_its_event()
    {
        using ILoggerFactory factory = Factory();
        Processed(factory.CreateLogger("Shop.Orders"), 7, 45.25);
        Row row = Sink.One();
        Assert.Equal((Level.Warning, "Order 7 took 45.25 ms"), (row.Level, row.Message));
        Assert.Equal(7L, row["Order"]);
        Assert.Equal(45.25, row["Took"]);
        Assert.Equal("Order {Order} took {Took} ms", row["{OriginalFormat}"]);
        Assert.Equal("Shop.Orders", row["@logger"]);
        Assert.Equal((12L, "Processed"), (row["event_id"], row["event_name"]));
    }

    [Fact]
    public void A_message_without_values_does_not_repeat_itself()
    {
        using ILoggerFactory factory = Factory();
        factory.CreateLogger("c").Log(LogLevel.Information, default, "plain", null, (state, _) => state);
        Row row = Sink.One();
        Assert.Equal("plain", row.Message);
        Assert.Equal(["@logger"], row.Fields.Keys);
    }

    [Fact]
    public void Scopes_become_fields_and_inner_ones_win()
    {
        using ILoggerFactory factory = Factory();
        ILogger logger = factory.CreateLogger("c");
        using (logger.BeginScope(new Dictionary<string, object> { ["request_id"] = "r-1", ["who"] = "outer" }))
        using (logger.BeginScope("a text"))
        using (logger.BeginScope("user {who}", "inner"))
        {
            Said(logger, "own");
        }

        Row row = Sink.One();
        Assert.Equal(("r-1", "inner", "own"), (row["request_id"], row["who"], row["Own"]));
        Assert.Equal(new List<object?> { "a text", "user inner" }, row["scope"]);
    }

    [Fact]
    public void Every_level_and_none()
    {
        using ILoggerFactory factory = Factory();
        ILogger logger = factory.CreateLogger("c");
        foreach (LogLevel level in Enum.GetValues<LogLevel>())
        {
            logger.Log(level, default, "m", null, (state, _) => state);
        }

        Assert.Equal(Enum.GetValues<Level>(), Sink.WaitFor(6).Select(row => row.Level));
        Assert.False(logger.IsEnabled(LogLevel.None));
        Logger.Level = Level.Error;
        Assert.False(logger.IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public void Errors_and_the_current_trace()
    {
        using ILoggerFactory factory = Factory();
        using var activity = new Activity("a");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        factory.CreateLogger("c").Log(LogLevel.Error, default, "m", new FormatException("no"), (state, _) => state);
        Row row = Sink.One();
        Assert.Equal(("System.FormatException", "no"), (row["@error.type"], row["@error.message"]));
        Assert.Equal(activity.TraceId.ToHexString(), row["@trace_id"]);
        Assert.Equal(activity.SpanId.ToHexString(), row["@span_id"]);
    }

    [Fact]
    public void Nothing_throws()
    {
        using ILoggerFactory factory = Factory();
        ILogger logger = factory.CreateLogger("c");
        logger.Log<object>(LogLevel.Information, default, null!, null, (_, _) => throw new InvalidOperationException());
        logger.Log(LogLevel.Information, default, Enumerable.Range(0, 1).Select(Thrown), null, (_, _) => "m");
        Row[] rows = Sink.WaitFor(2);
        Assert.Equal("<formatter threw InvalidOperationException>", rows[0].Message);
        Assert.Equal(new Row.Cut("<state threw InvalidOperationException>"), rows[1]["@cut"]);
    }

    [Fact]
    public void An_application_with_its_options_in_its_configuration()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:DistributedLogs:LogLevel:Shop"] = "Debug",
            ["Logging:DistributedLogs:Endpoint"] = Sink.Endpoint,
            ["Logging:DistributedLogs:ServiceName"] = "from-section",
            ["Logging:DistributedLogs:journal_dir"] = Journal,
            ["Logging:DistributedLogs:BatchIntervalMs"] = "20",
            ["Logging:DistributedLogs:ShutdownTimeoutMs"] = PatienceMs.ToString(CultureInfo.InvariantCulture),
            ["Logging:DistributedLogs:Level"] = "debug",
            ["Logging:DistributedLogs:RedactKeys:0"] = "password",
            ["Logging:DistributedLogs:Metadata:region"] = "eu-1",
        });
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddDistributedLogs(config => config.Compression = CompressionChoice.None);
        using (IHost host = builder.Build())
        {
            ILogger shop = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop.Cart");
            ILogger other = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Other");
            Login(shop, "hunter2");
            Login(other, "hunter2");
        }

        Row row = Sink.One();
        Assert.Equal("[redacted]", row["password"]);
        Assert.Equal("from-section", Sink.Clients[0].GetProperty("service").GetString());
        Assert.Equal("eu-1", Sink.Clients[0].GetProperty("metadata").GetProperty("region").GetString());
    }

    [Fact]
    public void A_wrong_option_in_the_configuration_is_told_by_name()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Logging:DistributedLogs:BatchSise"] = "10";
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddDistributedLogs();
        Assert.Contains("batch_sise", Assert.ThrowsAny<Exception>(() => builder.Build().Dispose()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task A_provider_closes_only_its_own_logger()
    {
        new DistributedLogsProvider(Logger).Dispose();
        Assert.True(Logger.Info("m"));
        var own = new DistributedLogsProvider(Config());
        own.CreateLogger("c").Log(LogLevel.Information, default, "n", null, (state, _) => state);
        await own.DisposeAsync();
        Assert.Equal(LoggerState.Stopped, own.Logger.State);
        Assert.Contains("n", Sink.Messages);
    }

    private static KeyValuePair<string, object?> Thrown(int n) => throw new InvalidOperationException();

    [LoggerMessage(12, LogLevel.Warning, "Order {Order} took {Took} ms", EventName = "Processed")]
    private static partial void Processed(ILogger logger, int order, double took);

    [LoggerMessage(LogLevel.Information, "own is {Own}")]
    private static partial void Said(ILogger logger, string own);

    [LoggerMessage(LogLevel.Debug, "login with {password}")]
    private static partial void Login(ILogger logger, string password);
}
