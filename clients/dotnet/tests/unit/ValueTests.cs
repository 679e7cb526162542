using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Dynamic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistributedLogging.Tests;

/// <summary>Every value comes through in its natural form, or is cut visibly.</summary>
public sealed class ValueTests
{
    public static TheoryData<string, object?, object?> Table => new()
    {
        { "null", null, null },
        { "byte", (byte)255, 255L },
        { "sbyte", (sbyte)-128, -128L },
        { "short", (short)-1, -1L },
        { "ushort", (ushort)65535, 65535L },
        { "uint", uint.MaxValue, 4294967295L },
        { "ulong", ulong.MaxValue, ulong.MaxValue },
        { "float", 0.5f, 0.5 },
        { "half", (Half)0.5, 0.5 },
        { "nan", double.NaN, double.NaN },
        { "decimal", 1.10m, new Row.Number("1.10") },
        { "big", BigInteger.Parse("123456789012345678901234567890", CultureInfo.InvariantCulture), new Row.Number("123456789012345678901234567890") },
        { "int128", Int128.MinValue, new Row.Number("-170141183460469231731687303715884105728") },
        { "uint128", UInt128.MaxValue, new Row.Number("340282366920938463463374607431768211455") },
        { "char", 'ü', "ü" },
        { "text", "Grüße, 世界 👩‍👩‍👧", "Grüße, 世界 👩‍👩‍👧" },
        { "lone surrogate", "a\ud800b", "a\ufffdb" },
        { "bytes", new byte[] { 0, 255 }, new byte[] { 0, 255 } },
        { "segment", new ArraySegment<byte>([1, 2, 3], 1, 1), new byte[] { 2 } },
        { "memory", new ReadOnlyMemory<byte>([1]), new byte[] { 1 } },
        { "utc", DateTime.UnixEpoch.AddTicks(1), new Row.Time(100) },
        { "before 1970", DateTimeOffset.UnixEpoch.AddSeconds(-1), new Row.Time(-1_000_000_000) },
        { "unspecified", new DateTime(2026, 11, 22), "2026-11-22T00:00:00.0000000" },
        { "out of range", DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), "9999-12-31T23:59:59.9999999Z" },
        { "date", new DateOnly(2026, 11, 22), "2026-11-22" },
        { "time", new TimeOnly(1, 2, 3), "01:02:03.0000000" },
        { "span", TimeSpan.FromMilliseconds(1500), 1.5 },
        { "guid", Guid.Parse("123e4567-e89b-12d3-a456-426614174000"), "123e4567-e89b-12d3-a456-426614174000" },
        { "enum", DayOfWeek.Monday, "Monday" },
        { "flags", AttributeTargets.Class | AttributeTargets.Method, "Class, Method" },
        { "uri", new Uri("https://example.com/a?b=1"), "https://example.com/a?b=1" },
        { "version", new Version(1, 2), "1.2" },
        { "type", typeof(string), "System.String" },
        { "error", new InvalidOperationException("disk on fire"), "System.InvalidOperationException: disk on fire" },
        { "builder", new StringBuilder("built"), "built" },
        { "nullable", (int?)5, 5L },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_value_comes_through(string what, object? value, object? expected)
    {
        Assert.Equal(expected, Encoded(value));
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Collections_of_every_kind()
    {
        List<object?> oneTwo = [1L, 2L];
        Assert.Equal(oneTwo, Encoded(new[] { 1, 2 }));
        Assert.Equal(oneTwo, Encoded(new List<long> { 1, 2 }));
        Assert.Equal(oneTwo, Encoded(new HashSet<int> { 1, 2 }));
        Assert.Equal(oneTwo, Encoded(new Queue<int>([1, 2])));
        Assert.Equal(oneTwo, Encoded(ImmutableArray.Create(1, 2)));
        Assert.Equal(oneTwo, Encoded(Enumerable.Range(1, 2)));
        Assert.Equal(oneTwo, Encoded((1, 2)));
        Assert.Equal(oneTwo, Encoded(Tuple.Create(1, 2)));
        Assert.Equal(oneTwo, Encoded(new ArrayList { 1, 2 }));
        Assert.Equal(new List<object?> { new List<object?> { 1L }, null }, Encoded(new object?[] { new[] { 1 }, null }));
    }

    [Fact]
    public void Dictionaries_of_every_kind()
    {
        Dictionary<string, object?> expected = new() { ["a"] = 1L };
        Assert.Equal(expected, Encoded(new Dictionary<string, object> { ["a"] = 1 }));
        Assert.Equal(expected, Encoded(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Equal(expected, Encoded(new SortedDictionary<string, object> { ["a"] = 1 }));
        Assert.Equal(expected, Encoded(new ConcurrentDictionary<string, int> { ["a"] = 1 }));
        Assert.Equal(expected, Encoded(ImmutableDictionary<string, int>.Empty.Add("a", 1)));
        Assert.Equal(expected, Encoded(new Hashtable { ["a"] = 1 }));
        IDictionary<string, object?> expando = new ExpandoObject();
        expando["a"] = 1;
        Assert.Equal(expected, Encoded(expando));
        Assert.Equal(new Dictionary<string, object?> { ["7"] = "x" }, Encoded(new Dictionary<int, string> { [7] = "x" }));
        KeyValuePair<string, string>[] headers = [new("accept", "*/*")];
        Assert.Equal(new Dictionary<string, object?> { ["accept"] = "*/*" }, Encoded(headers));
    }

    [Fact]
    public void Json_is_what_it_stands_for()
    {
        const string Text = """{"a":[1,18446744073709551615,0.5,"x",true,null,{"b":{}}],"long":0.1234567890123456789012345,"bad":"\ud800"}""";
        Dictionary<string, object?> expected = new()
        {
            ["a"] = new List<object?>
            {
                1L, ulong.MaxValue, 0.5, "x", true, null, new Dictionary<string, object?> { ["b"] = new Dictionary<string, object?>() },
            },
            ["long"] = new Row.Number("0.1234567890123456789012345"),
            ["bad"] = "\"\\ud800\"",
        };
        using var document = JsonDocument.Parse(Text);
        Assert.Equal(expected, Encoded(document));
        Assert.Equal(expected, Encoded(document.RootElement));
        Assert.Equal(new Dictionary<string, object?> { ["n"] = 1L }, Encoded(new JsonObject { ["n"] = 1 }));
        JsonElement gone = document.RootElement;
        document.Dispose();
        Assert.IsType<Row.Cut>(Encoded(gone));
        Assert.IsType<Row.Cut>(Encoded(document));
    }

    [Fact]
    public void What_is_too_deep_is_cut()
    {
        object inside = "end";
        for (int depth = 0; depth < 1000; depth++)
        {
            inside = depth % 2 == 0 ? new List<object> { inside } : new Dictionary<string, object> { ["d"] = inside };
        }

        object? found = Encoded(inside);
        for (int depth = 0; depth < Body.MaxDepth; depth++)
        {
            found = found is List<object?> list ? Assert.Single(list) : Assert.Single((Dictionary<string, object?>)found!).Value;
        }

        Assert.Equal(new Row.Cut(string.Empty), found);
    }

    [Fact]
    public void What_is_endless_ends()
    {
        static IEnumerable<int> Endless()
        {
            while (true)
            {
                yield return 7;
            }
        }

        Assert.InRange(((List<object?>)Encoded(Endless())!).Count, 1000, Body.MaxBytes);
        var text = (string)Encoded(new string('x', 10_000_000))!;
        Assert.InRange(text.Length, Body.MaxBytes, Body.MaxBytes + 1);
        Assert.InRange(((byte[])Encoded(new byte[10_000_000])!).Length, Body.MaxBytes, Body.MaxBytes + 1);
    }

    [Fact]
    public void Texts_of_every_length_are_as_the_platform_encodes_them()
    {
        var random = new Random(1);
        foreach (int length in Enumerable.Range(0, 200))
        {
            foreach (string alphabet in new[] { "az", "aü", "世a", "😀" })
            {
                string text = string.Concat(Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]));
                string expected = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                Assert.Equal(expected, Encoded(text));
                Row row = RowOf(text, [new Field("k" + text, text), new Field("n" + text, length)]);
                Assert.Equal(expected, row.Message);
                Assert.Equal(expected, row["k" + expected]);
                Assert.Equal((long)length, row["n" + expected]);
            }
        }
    }

    private static object? Encoded(object? value) => RowOf("m", [new Field("v", value)])["v"];

    private static Row RowOf(string message, ReadOnlySpan<Field> fields)
    {
        Body body = Body.Begin(Level.Info, RecordKind.Log, 0, message);
        Fields.Write(body, fields);
        var row = Row.Of(body.Finish().AsSpan(0, body.Length));
        body.Return();
        return row;
    }
}
