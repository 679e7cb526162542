using System;
using System.Linq;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace DistributedLogging.Extensions.Logging;

/// <summary>Options from a section, without reflection: names and texts go to the core, which judges them.</summary>
internal static class SectionReader
{
    internal static void Read(IConfiguration section, DistributedLoggerConfig config)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            // Microsoft's own key in every provider's section: levels by category.
            if (!string.Equals(child.Key, "LogLevel", StringComparison.OrdinalIgnoreCase))
            {
                config.Set(SnakeCase(child.Key), Value(child));
            }
        }
    }

    private static object? Value(IConfigurationSection section)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            return section.Value;
        }

        if (children.All(child => int.TryParse(child.Key, out _)))
        {
            return children.ConvertAll(child => child.Value);
        }

        return children.ToDictionary(child => child.Key, child => Value(child)!);
    }

    // `BatchSize` and `batch_size` both name the option batch_size.
    private static string SnakeCase(string key)
    {
        var name = new StringBuilder();
        foreach (char letter in key)
        {
            if (char.IsUpper(letter) && name.Length > 0 && name[name.Length - 1] != '_')
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
