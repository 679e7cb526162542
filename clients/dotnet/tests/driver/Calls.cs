using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using DistributedLogging;

namespace Driver;

/// <summary>Log calls, each through its level's own verb.</summary>
internal static class Calls
{
    internal static void Make(DistributedLogger logger, JsonElement question)
    {
        bool isEvent = question.TryGetProperty("event", out JsonElement text);
        string level = isEvent ? "custom" : question.GetProperty("level").GetString()!.ToLowerInvariant();
        text = isEvent ? text : question.GetProperty("message");
        int count = question.TryGetProperty("count", out JsonElement times) ? times.GetInt32() : 1;
        bool hasFields = question.TryGetProperty("fields", out JsonElement fields) && fields.ValueKind != JsonValueKind.Null;
        for (int number = 1; number <= count; number++)
        {
            string message = text.ValueKind == JsonValueKind.String
                ? text.GetString()!.Replace("{n}", number.ToString(CultureInfo.InvariantCulture))
                : (string)Values.Value(text, logger, number)!;
            if (hasFields)
            {
                With(logger, level, message, Values.Fields(fields, logger, number));
            }
            else
            {
                Without(logger, level, message);
            }
        }
    }

    private static bool With(DistributedLogger logger, string level, string message, Dictionary<string, object?> fields) =>
        level switch
        {
            "trace" => logger.Trace(message, fields),
            "debug" => logger.Debug(message, fields),
            "info" => logger.Info(message, fields),
            "warning" => logger.Warning(message, fields),
            "error" => logger.Error(message, fields),
            "critical" => logger.Critical(message, fields),
            _ => logger.Custom(message, fields),
        };

    private static bool Without(DistributedLogger logger, string level, string message) =>
        level switch
        {
            "trace" => logger.Trace(message),
            "debug" => logger.Debug(message),
            "info" => logger.Info(message),
            "warning" => logger.Warning(message),
            "error" => logger.Error(message),
            "critical" => logger.Critical(message),
            _ => logger.Custom(message),
        };
}
