using System;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DistributedLogging;

/// <summary>Writes values of System.Text.Json as what they stand for.</summary>
internal static class JsonValues
{
    internal static void Write(Body body, JsonDocument document)
    {
        try
        {
            Write(body, document.RootElement);
        }
        catch (ObjectDisposedException)
        {
            body.Cut("<JsonDocument: disposed>");
        }
    }

    internal static void Write(Body body, JsonNode node)
    {
        try
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                node.WriteTo(writer);
            }

            using JsonDocument document = JsonDocument.Parse(stream.ToArray());
            Write(body, document.RootElement);
        }
        catch (Exception error)
        {
            body.Cut($"<JsonNode: {error.GetType().Name}>");
        }
    }

    internal static void Write(Body body, JsonElement element)
    {
        // An element of a document that was disposed throws here, before anything was written.
        JsonValueKind kind;
        try
        {
            kind = element.ValueKind;
        }
        catch (ObjectDisposedException)
        {
            body.Cut("<JsonElement: disposed>");
            return;
        }

        switch (kind)
        {
            case JsonValueKind.Object:
                WriteObject(body, element);
                break;
            case JsonValueKind.Array:
                WriteArray(body, element);
                break;
            case JsonValueKind.String:
                WriteText(body, element);
                break;
            case JsonValueKind.Number:
                WriteNumber(body, element);
                break;
            case JsonValueKind.True:
                body.Bool(true);
                break;
            case JsonValueKind.False:
                body.Bool(false);
                break;
            default:
                body.Null();
                break;
        }
    }

    private static void WriteObject(Body body, JsonElement element)
    {
        var map = new Collections.Open(body, isMap: true);
        if (map.IsOpen)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (!map.Room())
                {
                    break;
                }

                body.Key(NameOf(property));
                Write(body, property.Value);
            }

            map.Close();
        }
    }

    private static void WriteArray(Body body, JsonElement element)
    {
        var list = new Collections.Open(body, isMap: false);
        if (list.IsOpen)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                if (!list.Room())
                {
                    break;
                }

                Write(body, item);
            }

            list.Close();
        }
    }

    // An escaped lone surrogate cannot be had as a string; as it is spelled, it can.
    private static void WriteText(Body body, JsonElement element)
    {
        string? text;
        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            text = element.GetRawText();
        }

        body.Text(text);
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static void WriteNumber(Body body, JsonElement element)
    {
        if (element.TryGetInt64(out long signed))
        {
            body.I64(signed);
        }
        else if (element.TryGetUInt64(out ulong unsigned))
        {
            body.U64(unsigned);
        }
        else if (Fraction(element, out double fraction))
        {
            body.F64(fraction);
        }
        else
        {
            // More digits than a double keeps: as they are spelled.
            body.Number(element.GetRawText().AsSpan());
        }
    }

    private static bool Fraction(JsonElement element, out double fraction)
    {
        string digits = element.GetRawText();
        return element.TryGetDouble(out fraction) && (digits.Length <= 15
            || string.Equals(fraction.ToString("R", CultureInfo.InvariantCulture), digits, StringComparison.OrdinalIgnoreCase));
    }
}
