using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace DistributedLogging;

/// <summary>
/// Writes a value of any type in its natural form. Looks at types only, never at members: nothing here is lost to trimming.
/// Never throws.
/// </summary>
internal static class Values
{
    /// <summary>Characters of the longest decimal and of a GUID.</summary>
    private const int DigitsAtMost = 48;

    internal static void Write(Body body, object? value)
    {
        switch (value)
        {
            case null:
                body.Null();
                break;
            case string text:
                body.Text(text);
                break;
            case int number:
                body.I64(number);
                break;
            case long number:
                body.I64(number);
                break;
            case double number:
                body.F64(number);
                break;
            case bool truth:
                body.Bool(truth);
                break;
            default:
                WriteSeldom(body, value);
                break;
        }
    }

    internal static void Write(Body body, decimal value)
    {
#if NET8_0_OR_GREATER
        Span<char> digits = stackalloc char[DigitsAtMost];
        bool fits = value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        body.Number(fits ? digits.Slice(0, length) : default);
#else
        body.Number(value.ToString(CultureInfo.InvariantCulture).AsSpan());
#endif
    }

    internal static void Write(Body body, Guid value)
    {
#if NET8_0_OR_GREATER
        Span<char> digits = stackalloc char[DigitsAtMost];
        bool fits = value.TryFormat(digits, out int length);
        body.Text(fits ? digits.Slice(0, length) : default);
#else
        body.Text(value.ToString());
#endif
    }

    private static void WriteSeldom(Body body, object value)
    {
        switch (value)
        {
            case uint number:
                body.I64(number);
                break;
            case ulong number:
                body.U64(number);
                break;
            case float number:
                body.F64(number);
                break;
            case short number:
                body.I64(number);
                break;
            case ushort number:
                body.I64(number);
                break;
            case byte number:
                body.I64(number);
                break;
            case sbyte number:
                body.I64(number);
                break;
            case decimal number:
                Write(body, number);
                break;
            case DateTime time:
                WriteTime(body, time, Times.TryNanoseconds(time, out long nanoseconds), nanoseconds);
                break;
            case DateTimeOffset time:
                WriteTime(body, time, Times.TryNanoseconds(time, out long since), since);
                break;
            case TimeSpan span:
                body.F64(span.TotalSeconds);
                break;
            case Guid guid:
                Write(body, guid);
                break;
            case char letter:
                body.Text(letter.ToString());
                break;
            default:
                WriteRare(body, value);
                break;
        }
    }

    private static void WriteRare(Body body, object value)
    {
        switch (value)
        {
            case byte[] bytes:
                body.Blob(bytes);
                break;
            case ArraySegment<byte> bytes:
                body.Blob(bytes);
                break;
            case ReadOnlyMemory<byte> bytes:
                body.Blob(bytes.Span);
                break;
            case Memory<byte> bytes:
                body.Blob(bytes.Span);
                break;
            case BigInteger number:
                body.Number(number.ToString(CultureInfo.InvariantCulture).AsSpan());
                break;
            case nint number:
                body.I64(number);
                break;
            case nuint number:
                body.U64(number);
                break;
#if NET8_0_OR_GREATER
            case Int128 number:
                body.Number(number.ToString(CultureInfo.InvariantCulture));
                break;
            case UInt128 number:
                body.Number(number.ToString(CultureInfo.InvariantCulture));
                break;
            case Half number:
                body.F64((double)number);
                break;
            case DateOnly date:
                body.Text(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                body.Text(time.ToString("O", CultureInfo.InvariantCulture));
                break;
#else
            // Types of newer platforms, which this build meets there without knowing them. (A tuple is its text here.)
            case IFormattable date when date.GetType().FullName is "System.DateOnly" or "System.TimeOnly":
                body.Text(date.ToString("O", CultureInfo.InvariantCulture));
                break;
#endif
            case Exception error:
                body.Text($"{error.GetType().FullName}: {Asking.MessageOf(error)}");
                break;
            case JsonElement element:
                JsonValues.Write(body, element);
                break;
            case JsonDocument document:
                JsonValues.Write(body, document);
                break;
            case JsonNode node:
                JsonValues.Write(body, node);
                break;
            // An Enum is asked for its text like everything else; these two are checked first because an enumeration is none.
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                Collections.WritePairs(body, pairs);
                break;
            case IEnumerable<KeyValuePair<string, string>> pairs:
                Collections.WriteTexts(body, pairs);
                break;
            case IDictionary dictionary:
                Collections.Write(body, dictionary);
                break;
            case IEnumerable items:
                Collections.Write(body, items);
                break;
#if NET8_0_OR_GREATER
            case ITuple tuple:
                Collections.Write(body, tuple);
                break;
#endif
            default:
                WriteText(body, value);
                break;
        }
    }

    private static void WriteTime(Body body, IFormattable time, bool fits, long nanoseconds)
    {
        if (fits)
        {
            body.Time(nanoseconds);
        }
        else
        {
            body.Text(time.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    private static void WriteText(Body body, object value)
    {
        if (Asking.TextOf(value, out string text))
        {
            body.Text(text);
        }
        else
        {
            body.Cut(text);
        }
    }
}
