using System;
using System.Collections.Generic;

namespace DistributedLogging;

/// <summary>Writes the fields of a record. Never throws: what cannot be read is cut visibly.</summary>
internal static class Fields
{
    /// <summary>The reserved key that marks missing fields.</summary>
    internal const string CutMark = "@cut";

    /// <summary>Typed fields. Nothing is boxed.</summary>
    internal static void Write(Body body, ReadOnlySpan<Field> fields)
    {
        foreach (ref readonly Field field in fields)
        {
            if (body.IsFull)
            {
                return;
            }

            field.Write(body);
        }
    }

#nullable disable annotations
    /// <summary>The pairs of a dictionary, or of anything else that has pairs.</summary>
    internal static void Write(Body body, IEnumerable<KeyValuePair<string, object>> metadata)
    {
        try
        {
            // By its own type first: enumerating through the interface would allocate.
            if (metadata is Dictionary<string, object> dictionary)
            {
                foreach (KeyValuePair<string, object> pair in dictionary)
                {
                    if (!Write(body, pair.Key, pair.Value))
                    {
                        return;
                    }
                }
            }
            else if (metadata is not null)
            {
                foreach (KeyValuePair<string, object> pair in metadata)
                {
                    if (!Write(body, pair.Key, pair.Value))
                    {
                        return;
                    }
                }
            }
        }
        catch (Exception error)
        {
            // The enumerator is the caller's, or a value changed the dictionary while it was read.
            body.Field(CutMark);
            body.Cut($"<metadata threw {error.GetType().Name}>");
        }
    }

    /// <summary>One field; false if there is no room for it.</summary>
    internal static bool Write(Body body, string key, object value)
    {
        if (body.IsFull)
        {
            return false;
        }

        body.Field(key);
        Values.Write(body, value);
        return true;
    }
#nullable restore annotations
}
