using System;
using System.Collections.Generic;

namespace DistributedLogging;

/// <summary>Fields of a child: encoded once, copied into each of its records. Never changes.</summary>
internal sealed class Bound
{
    private Bound(Body body)
    {
        Count = body.FieldCount;
        Bytes = body.BoundBytes();
    }

    internal int Count { get; }

    internal byte[] Bytes { get; }

    /// <summary>The fields of <paramref name="outer"/>, then the new ones, which win where both have a name.</summary>
    internal static Bound Of(Bound? outer, ReadOnlySpan<Field> fields)
    {
        Body body = Begin(outer);
        Fields.Write(body, fields);
        return End(body);
    }

#nullable disable annotations
    internal static Bound Of(Bound outer, IEnumerable<KeyValuePair<string, object>> metadata)
    {
        Body body = Begin(outer);
        Fields.Write(body, metadata);
        return End(body);
    }
#nullable restore annotations

    private static Body Begin(Bound? outer)
    {
        Body body = Body.BeginBound();
        if (outer is not null)
        {
            body.Add(outer);
        }

        return body;
    }

    private static Bound End(Body body)
    {
        var bound = new Bound(body);
        body.Return();
        return bound;
    }
}
