using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DistributedLogging;

/// <summary>
/// A name and a typed value. Made from a pair, <c>("user_id", 12345)</c>; nothing is boxed or allocated for numbers, truth values,
/// texts, times, GUIDs and decimals.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial struct Field
{
    private readonly object? reference;
    private readonly long low;
    private readonly long high;
    private readonly Kind kind;

    private enum Kind : byte
    {
        Object,
        Text,
        Bool,
        I64,
        U64,
        F64,
        Time,
        Decimal,
        Guid,
    }

    /// <summary>A field with a text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; null is recorded as such.</param>
    public Field(string name, string? value) : this(name, Kind.Text, 0, value)
    {
    }

    /// <summary>A field with true or false.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, bool value) : this(name, Kind.Bool, value ? 1 : 0)
    {
    }

    /// <summary>A field with a whole number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, long value) : this(name, Kind.I64, value)
    {
    }

    /// <summary>A field with a whole number that has no sign.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, ulong value) : this(name, Kind.U64, unchecked((long)value))
    {
    }

    /// <summary>A field with a fraction.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; NaN and the infinities are null in JSON.</param>
    public Field(string name, double value) : this(name, Kind.F64, BitConverter.DoubleToInt64Bits(value))
    {
    }

    /// <summary>A field with a decimal; every digit is kept.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public unsafe Field(string name, decimal value) : this(name, Kind.Decimal, 0)
    {
        long* halves = (long*)&value;
        low = halves[0];
        high = halves[1];
    }

    /// <summary>A field with a GUID.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public unsafe Field(string name, Guid value) : this(name, Kind.Guid, 0)
    {
        long* halves = (long*)&value;
        low = halves[0];
        high = halves[1];
    }

    /// <summary>A field with a point in time, to 100 ns.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, DateTimeOffset value) : this(name, Kind.Time, 0)
    {
        if (!Times.TryNanoseconds(value, out low))
        {
            (kind, reference) = (Kind.Object, value);
        }
    }

    /// <summary>A field with a point in time, to 100 ns; one that is neither UTC nor local is recorded as text.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, DateTime value) : this(name, Kind.Time, 0)
    {
        if (!Times.TryNanoseconds(value, out low))
        {
            (kind, reference) = (Kind.Object, value);
        }
    }

    /// <summary>A field with a span of time, recorded in seconds.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public Field(string name, TimeSpan value) : this(name, value.TotalSeconds)
    {
    }

    /// <summary>A field with any value: lists, dictionaries, or whatever its <c>ToString</c> says.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value; null is recorded as such.</param>
    public Field(string name, object? value) : this(name, Kind.Object, 0, value)
    {
    }

    private Field(string name, Kind kind, long low, object? reference = null)
    {
        Name = name;
        this.kind = kind;
        this.low = low;
        this.reference = reference;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Writes name and value.</summary>
    internal void Write(Body body)
    {
        switch (kind)
        {
            case Kind.Text when reference is not null:
                body.Field(Name, Unsafe.As<string>(reference));
                break;
            case Kind.I64:
                body.Field(Name, Tag.I64, low);
                break;
            case Kind.F64:
                body.Field(Name, Tag.F64, low);
                break;
            case Kind.Bool:
                body.Field(Name);
                body.Bool(low != 0);
                break;
            case Kind.U64:
                body.Field(Name, Tag.U64, low);
                break;
            case Kind.Time:
                body.Field(Name, Tag.Time, low);
                break;
            default:
                body.Field(Name);
                WriteSeldom(body);
                break;
        }
    }

    // Apart, because the places on the stack would cost every field.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void WriteSeldom(Body body)
    {
        long* halves = stackalloc long[] { low, high };
        switch (kind)
        {
            case Kind.Decimal:
                Values.Write(body, *(decimal*)halves);
                break;
            case Kind.Guid:
                Values.Write(body, *(Guid*)halves);
                break;
            default:
                Values.Write(body, reference);
                break;
        }
    }
}
