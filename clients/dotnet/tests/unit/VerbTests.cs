using System;
using System.Collections.Generic;
using System.Linq;

namespace DistributedLogging.Tests;

/// <summary>What a call says is what arrives.</summary>
public sealed class VerbTests : LoggerTest
{
    [Fact]
    public void Every_level_has_its_verb()
    {
        Assert.True(Logger.Trace("m") && Logger.Debug("m") && Logger.Info("m"));
        Assert.True(Logger.Warning("m") && Logger.Error("m") && Logger.Critical("m"));
        Assert.True(Logger.Log(Level.Error, "m"));
        Level[] expected = [Level.Trace, Level.Debug, Level.Info, Level.Warning, Level.Error, Level.Critical, Level.Error];
        Assert.Equal(expected, Sink.WaitFor(7).Select(row => row.Level));
    }

    [Fact]
    public void Metadata_may_be_any_kind_of_pairs()
    {
        var plain = new Dictionary<string, object> { ["a"] = 1 };
        var nullable = new Dictionary<string, object?> { ["a"] = null };
        var sorted = new SortedDictionary<string, object> { ["a"] = 3 };
        KeyValuePair<string, object>[] pairs = [new("a", 4), new("b", 5)];
        Assert.True(Logger.Info("m", plain) && Logger.Info("m", nullable) && Logger.Info("m", sorted) && Logger.Info("m", pairs));
        object?[] expected = [1L, null, 3L, 4L];
        Assert.Equal(expected, Sink.WaitFor(4).Select(row => row["a"]));
    }

    [Fact]
    public void Typed_fields_keep_their_types()
    {
        var time = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(2));
        var guid = Guid.NewGuid();
        ulong huge = ulong.MaxValue;
        object anything = new List<int> { 1, 2 };
        Assert.True(Logger.Info(
            "m",
            ("int", 1), ("long", long.MinValue), new Field("ulong", huge), ("double", 0.1), ("bool", true), ("text", "t"),
            ("none", (string?)null), ("decimal", 1.10m), ("guid", guid), ("time", time), ("utc", time.UtcDateTime),
            ("span", TimeSpan.FromMilliseconds(1500)), ("list", anything), ("enum", DayOfWeek.Friday)));
        Row row = Sink.One();
        Assert.Equal(1L, row["int"]);
        Assert.Equal(long.MinValue, row["long"]);
        Assert.Equal(huge, row["ulong"]);
        Assert.Equal(0.1, row["double"]);
        Assert.Equal(true, row["bool"]);
        Assert.Equal("t", row["text"]);
        Assert.Null(row["none"]);
        Assert.Equal(new Row.Number("1.10"), row["decimal"]);
        Assert.Equal(guid.ToString(), row["guid"]);
        Assert.Equal(new Row.Time((time.UtcTicks - DateTime.UnixEpoch.Ticks) * 100), row["time"]);
        Assert.Equal(row["time"], row["utc"]);
        Assert.Equal(1.5, row["span"]);
        Assert.Equal(new List<object?> { 1L, 2L }, row["list"]);
        Assert.Equal("Friday", row["enum"]);
    }

    [Fact]
    public void A_custom_event_is_an_event_at_info()
    {
        Assert.True(Logger.Custom("payment_completed", ("amount", 99.99)));
        Assert.True(Logger.Custom("payment_completed", new Dictionary<string, object> { ["amount"] = 99.99 }));
        Assert.All(Sink.WaitFor(2), row =>
        {
            Assert.True(row.IsEvent);
            Assert.Equal((Level.Info, "payment_completed", 99.99), (row.Level, row.Message, row["amount"]));
        });
    }

    [Fact]
    public void An_exception_comes_with_class_text_and_stack()
    {
        try
        {
            throw new InvalidOperationException("outer", new FormatException("inner"));
        }
        catch (InvalidOperationException error)
        {
            Assert.True(Logger.Error("m", error, ("a", 1)));
            Assert.True(Logger.Info("m", error, new Dictionary<string, object> { ["a"] = 1 }));
        }

        Assert.All(Sink.WaitFor(2), row =>
        {
            Assert.Equal("System.InvalidOperationException", row["@error.type"]);
            Assert.Equal("outer", row["@error.message"]);
            Assert.Contains(nameof(An_exception_comes_with_class_text_and_stack), (string)row["@error.stack"]!, StringComparison.Ordinal);
            Assert.Contains("inner", (string)row["@error.stack"]!, StringComparison.Ordinal);
            Assert.Equal(1L, row["a"]);
        });
    }

    [Fact]
    public void A_childs_fields_are_in_its_records_and_its_own_win()
    {
        DistributedLogger child = Logger.Child(("user", "bound"), ("kept", true));
        DistributedLogger grandchild = child.Child(new Dictionary<string, object> { ["more"] = 1 });
        Assert.True(grandchild.Info("m", ("user", "own")) && Logger.Info("m"));
        Row[] rows = Sink.WaitFor(2);
        Assert.Equal(new() { ["user"] = "own", ["kept"] = true, ["more"] = 1L }, rows[0].Fields);
        Assert.Empty(rows[1].Fields);
    }

    [Fact]
    public void Disposing_a_child_does_nothing()
    {
        using (Logger.Child(("a", 1)))
        {
        }

        Assert.True(Logger.Info("m"));
    }

    [Fact]
    public void The_level_is_shared_and_may_be_changed()
    {
        DistributedLogger child = Logger.Child();
        Logger.Level = Level.Error;
        Assert.False(child.IsEnabled(Level.Warning));
        Assert.False(child.Warning("m"));
        child.Level = Level.Debug;
        Assert.True(Logger.Debug("m"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Logger.Level = (Level)9);
        Assert.Equal(Level.Debug, Logger.Level);
    }

    [Theory]
    [InlineData("WARN", true, Level.Warning)]
    [InlineData(" verbose ", true, Level.Trace)]
    [InlineData("fatal", true, Level.Critical)]
    [InlineData("loud", false, Level.Info)]
    [InlineData(null, false, Level.Info)]
    public void Levels_are_known_by_all_their_names(string? name, bool known, Level expected)
    {
        Assert.Equal(known, Levels.TryParse(name, out Level level));
        Assert.Equal(expected, level);
    }
}
