using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using DistributedLogging;

namespace Driver;

/// <summary>What the written values of spec/cases stand for in .NET.</summary>
internal static class Values
{
    internal static Dictionary<string, object?> Fields(JsonElement written, DistributedLogger logger, int number) =>
        (Dictionary<string, object?>)Value(written, logger, number)!;

    internal static object? Value(JsonElement written, DistributedLogger logger, int number)
    {
        switch (written.ValueKind)
        {
            case JsonValueKind.Array:
                return written.EnumerateArray().Select(one => Value(one, logger, number)).ToList();
            case JsonValueKind.Object:
                JsonProperty first = written.EnumerateObject().FirstOrDefault();
                return first.Value.ValueKind != JsonValueKind.Undefined && first.Name.StartsWith('$')
                    ? Special(first.Name, first.Value, logger, number)
                    : written.EnumerateObject().ToDictionary(one => one.Name, one => Value(one.Value, logger, number));
            case JsonValueKind.String:
                return written.GetString();
            case JsonValueKind.Number:
                return Number(written);
            case JsonValueKind.True or JsonValueKind.False:
                return written.GetBoolean();
            default:
                return null;
        }
    }

    private static object Number(JsonElement written)
    {
        if (written.TryGetInt32(out int whole))
        {
            return whole;
        }

        return written.TryGetInt64(out long big) ? (object)big : written.GetDouble();
    }

    private static object? Special(string name, JsonElement inside, DistributedLogger logger, int number) => name switch
    {
        "$n" => number,
        "$i64" => long.Parse(inside.GetString()!, CultureInfo.InvariantCulture),
        "$u64" => ulong.Parse(inside.GetString()!, CultureInfo.InvariantCulture),
        "$f64" => double.Parse(inside.GetString()!, CultureInfo.InvariantCulture),
        "$big" => BigInteger.Parse(inside.GetString()!, CultureInfo.InvariantCulture),
        "$decimal" => decimal.Parse(inside.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture),
        "$bytes" => inside.GetBytesFromBase64(),
        "$time_ns" => DateTimeOffset.UnixEpoch.AddTicks(long.Parse(inside.GetString()!, CultureInfo.InvariantCulture) / 100),
        "$utf16" => new string([.. inside.EnumerateArray().Select(unit => (char)unit.GetInt32())]),
        "$raw" => Encoding.UTF8.GetString(inside.GetBytesFromBase64()),
        "$repeat" => new StringBuilder().Insert(0, inside[0].GetString()!, inside[1].GetInt32()).ToString(),
        "$list" => Enumerable.Repeat(Value(inside[1], logger, number), inside[0].GetInt32()).ToList(),
        "$keys" => Enumerable.Range(1, inside.GetInt32()).ToDictionary(n => $"k{n}", n => (object?)n),
        "$deep" => Deep(inside.GetInt32()),
        "$cycle" => Cycle(),
        "$throws" => new Throws(),
        "$logs" => new Logs(logger),
        "$uuid" => inside.GetGuid(),
        "$enum" => Enum.Parse<Color>(inside.GetString()!),
        "$date" => DateOnly.Parse(inside.GetString()!, CultureInfo.InvariantCulture),
        "$duration_ms" => TimeSpan.FromMilliseconds(inside.GetInt64()),
        "$set" => inside.EnumerateArray().Select(one => Value(one, logger, number)).ToHashSet(),
        "$tuple" => (Value(inside[0], logger, number), Value(inside[1], logger, number)),
        "$map" => inside.EnumerateArray().ToDictionary(
            pair => Value(pair[0], logger, number)!, pair => Value(pair[1], logger, number)),
        "$own" => new Own(inside.GetString()!),
        "$error" => new InvalidOperationException(inside.GetString()),
        "$function" => (Func<int, object>)Deep,
        _ => throw new ArgumentException($"unknown value {name}"),
    };

    private static object Deep(int depth)
    {
        object within = "end";
        for (int level = 0; level < depth; level++)
        {
            within = new Dictionary<string, object?> { ["d"] = within };
        }

        return within;
    }

    private static Dictionary<string, object?> Cycle()
    {
        Dictionary<string, object?> around = [];
        around["self"] = around;
        return around;
    }

    private enum Color
    {
        RED,
    }

    private sealed class Own(string text)
    {
        public override string ToString() => text;
    }

    private sealed class Throws
    {
        public override string ToString() => throw new InvalidOperationException("no text here");
    }

    private sealed class Logs(DistributedLogger logger)
    {
        public override string ToString()
        {
            logger.Info("from inside");
            return "logged";
        }
    }
}
