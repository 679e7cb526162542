using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace DistributedLogging;

/// <summary>
/// What a logger is told. What is not set here comes from the environment (<c>DLOGS_ENDPOINT</c>), then from <c>dlogs.toml</c>
/// or the file that <c>DLOGS_CONFIG</c> names, then from the default. docs/options.md explains each option.
/// </summary>
public sealed partial class DistributedLoggerConfig
{
    private Dictionary<string, object?>? others;

    /// <summary>
    /// Sets an option by its name in docs/options.md, such as <c>batch_size</c>, for configurations that come as text. Names and
    /// values are judged when the logger is made.
    /// </summary>
    /// <param name="option">The name.</param>
    /// <param name="value">A text, number, truth value, list or dictionary; null takes the option away again.</param>
    /// <returns>This configuration.</returns>
    public DistributedLoggerConfig Set(string option, object? value)
    {
        others ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        others[option] = value;
        return this;
    }

    /// <summary>The JSON that the core reads.</summary>
    internal byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (KeyValuePair<string, object?> option in Explicit())
            {
                writer.WritePropertyName(option.Key);
                WriteValue(writer, option.Value, 0);
            }

            writer.WritePropertyName("sdk");
            WriteSdk(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteSdk(Utf8JsonWriter writer)
    {
        Version? version = typeof(DistributedLogger).Assembly.GetName().Version;
        writer.WriteStartObject();
        writer.WriteString("language", "dotnet");
        writer.WriteString("version", version?.ToString(3) ?? "0");
        writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        writer.WriteString("program", Assembly.GetEntryAssembly()?.GetName().Name ?? "");
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when !double.IsNaN(number) && !double.IsInfinity(number):
                writer.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IEnumerable<KeyValuePair<string, object>> pairs when depth < Body.MaxDepth:
                writer.WriteStartObject();
                foreach (KeyValuePair<string, object> pair in pairs)
                {
                    writer.WritePropertyName(pair.Key);
                    WriteValue(writer, pair.Value, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case IEnumerable items when depth < Body.MaxDepth:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private Dictionary<string, object?> Explicit()
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> option in Named())
        {
            all[option.Key] = option.Value;
        }

        if (others is not null)
        {
            foreach (KeyValuePair<string, object?> option in others)
            {
                all[option.Key] = option.Value;
            }
        }

        return all;
    }
}
