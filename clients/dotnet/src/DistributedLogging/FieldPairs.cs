using System;

namespace DistributedLogging;

/// <content>
/// From a pair of name and value, so that a call reads <c>("user_id", 12345)</c>. There is none for <c>ulong</c>: with it the
/// compiler could not tell what 12345 is. And because of the one for <c>decimal</c> it refuses a <c>ulong</c> instead of rounding
/// it to a double; <c>new Field("n", number)</c> keeps every digit.
/// </content>
public readonly partial struct Field
{
    /// <summary>A field from a pair.</summary>
    /// <param name="pair">Name and value.</param>
    public static implicit operator Field((string Name, string? Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, bool Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, int Value) pair) => new(pair.Name, (long)pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, long Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, double Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, decimal Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, Guid Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, DateTime Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, DateTimeOffset Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, TimeSpan Value) pair) => new(pair.Name, pair.Value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, string})"/>
    public static implicit operator Field((string Name, object? Value) pair) => new(pair.Name, pair.Value);
}
