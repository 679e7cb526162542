using System;
using System.Collections.Generic;
using Serilog.Core;
using Serilog.Events;

namespace DistributedLogging.Serilog;

/// <summary>Writes an event's properties in their own form: scalars, sequences, structures, dictionaries.</summary>
internal static class Properties
{
    /// <summary>The message template travels under the same key as that of Microsoft.Extensions.Logging.</summary>
    private const string Template = "{OriginalFormat}";

    internal static void Write(Body body, LogEvent logEvent, string message)
    {
        foreach (KeyValuePair<string, LogEventPropertyValue> property in logEvent.Properties)
        {
            if (body.IsFull)
            {
                return;
            }

            bool isSource = property.Key == Constants.SourceContextPropertyName;
            body.Field(isSource ? "@logger" : property.Key);
            Write(body, property.Value);
        }

        string template = logEvent.MessageTemplate.Text;
        if (!string.Equals(template, message, StringComparison.Ordinal))
        {
            body.Field(Template, template);
        }
    }

    private static void Write(Body body, LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue scalar:
                Values.Write(body, scalar.Value);
                break;
            case SequenceValue sequence:
                WriteSequence(body, sequence);
                break;
            case StructureValue structure:
                WriteStructure(body, structure);
                break;
            case DictionaryValue dictionary:
                WriteDictionary(body, dictionary);
                break;
            default:
                Values.Write(body, value);
                break;
        }
    }

    private static void WriteSequence(Body body, SequenceValue sequence)
    {
        var list = new Collections.Open(body, isMap: false);
        if (list.IsOpen)
        {
            foreach (LogEventPropertyValue element in sequence.Elements)
            {
                if (!list.Room())
                {
                    break;
                }

                Write(body, element);
            }

            list.Close();
        }
    }

    private static void WriteStructure(Body body, StructureValue structure)
    {
        var map = new Collections.Open(body, isMap: true);
        if (map.IsOpen)
        {
            if (structure.TypeTag is not null && map.Room())
            {
                body.Key("$type");
                body.Text(structure.TypeTag);
            }

            foreach (LogEventProperty property in structure.Properties)
            {
                if (!map.Room())
                {
                    break;
                }

                body.Key(property.Name);
                Write(body, property.Value);
            }

            map.Close();
        }
    }

    private static void WriteDictionary(Body body, DictionaryValue dictionary)
    {
        var map = new Collections.Open(body, isMap: true);
        if (map.IsOpen)
        {
            foreach (KeyValuePair<ScalarValue, LogEventPropertyValue> element in dictionary.Elements)
            {
                if (!map.Room())
                {
                    break;
                }

                body.Key(KeyOf(element.Key));
                Write(body, element.Value);
            }

            map.Close();
        }
    }

    private static string KeyOf(ScalarValue key)
    {
        if (key.Value is null)
        {
            return "null";
        }

        _ = Asking.TextOf(key.Value, out string text);
        return text;
    }
}
