using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using DistributedLogging;

namespace Driver;

/// <summary>Reads one question a line and answers each in one line. Decides, waits for and checks nothing.</summary>
internal static class Program
{
    private static readonly Dictionary<string, DistributedLogger> Loggers = [];
    private static readonly Dictionary<string, List<string>> Heard = [];

    private static void Main()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        using Stream output = Console.OpenStandardOutput();
        while (input.ReadLine() is string line)
        {
            using JsonDocument question = JsonDocument.Parse(line);
            output.Write(Answer(question.RootElement));
            output.Flush();
        }
    }

    private static byte[] Answer(JsonElement question)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            try
            {
                Perform(question, writer);
                writer.WriteBoolean("ok", true);
            }
            catch (Exception error)
            {
                writer.WriteBoolean("ok", false);
                writer.WriteString("error", error.Message);
            }

            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Perform(JsonElement question, Utf8JsonWriter answer)
    {
        string op = question.GetProperty("op").GetString()!;
        switch (op)
        {
            case "hello":
                answer.WriteString("language", "dotnet");
                answer.WriteStartArray("can");
                answer.WriteStringValue("block");
                answer.WriteEndArray();
                return;
            case "open":
                Open(question);
                return;
            case "exit":
                Environment.Exit(question.TryGetProperty("code", out JsonElement code) ? code.GetInt32() : 0);
                return;
        }

        string on = question.TryGetProperty("on", out JsonElement name) ? name.GetString()! : "main";
        Perform(op, on, Loggers[on], question, answer);
    }

    private static void Perform(string op, string on, DistributedLogger logger, JsonElement question, Utf8JsonWriter answer)
    {
        TimeSpan? timeout = question.TryGetProperty("timeout_ms", out JsonElement ms)
            ? TimeSpan.FromMilliseconds(ms.GetInt64())
            : null;
        switch (op)
        {
            case "start":
                logger.Start();
                break;
            case "log" or "custom":
                Calls.Make(logger, question);
                break;
            case "child":
                string child = question.GetProperty("as").GetString()!;
                Loggers[child] = logger.Child(Values.Fields(question.GetProperty("fields"), logger, 1));
                Heard[child] = Heard[on];
                break;
            case "enabled":
                answer.WriteBoolean("value", logger.IsEnabled(LevelOf(question)));
                break;
            case "set_level":
                logger.Level = LevelOf(question);
                break;
            case "flush":
                answer.WriteNumber("waiting", logger.Flush(timeout));
                break;
            case "close":
                CloseReport report = logger.Close(timeout);
                answer.WriteNumber("sent", report.Sent);
                answer.WriteNumber("waiting", report.Waiting);
                answer.WriteNumber("lost", report.Lost);
                break;
            case "stats":
                answer.WritePropertyName("stats");
                answer.WriteRawValue(logger.Stats().ToString());
                break;
            case "state":
                answer.WriteString("state", Word(logger.State));
                answer.WriteString("activity", logger.Activity is LoggerActivity activity ? Word(activity) : null);
                break;
            case "events":
                answer.WriteStartArray("events");
                lock (Heard[on])
                {
                    Heard[on].ForEach(one => answer.WriteRawValue(one));
                }

                answer.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"unknown op {op}");
        }
    }

    private static void Open(JsonElement question)
    {
        string name = question.TryGetProperty("as", out JsonElement given) ? given.GetString()! : "main";
        var config = new DistributedLoggerConfig();
        if (question.TryGetProperty("config", out JsonElement options))
        {
            foreach (JsonProperty option in options.EnumerateObject())
            {
                config.Set(option.Name, option.Value);
            }
        }

        var logger = new DistributedLogger(config);
        List<string> events = [];
        logger.Happened += (_, happened) =>
        {
            lock (events)
            {
                events.Add(happened.ToString());
            }
        };
        (Loggers[name], Heard[name]) = (logger, events);
    }

    private static Level LevelOf(JsonElement question) =>
        Levels.TryParse(question.GetProperty("level").GetString(), out Level level)
            ? level
            : throw new ArgumentException("level is unknown");

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
