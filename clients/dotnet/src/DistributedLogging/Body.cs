using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;
#endif

namespace DistributedLogging;

/// <summary>
/// One record's body while it is written, as spec/record.md draws it. Each thread has one; a record inside a record (a
/// <c>ToString</c> that logs) takes another. What exceeds a limit is cut by the core; here is only made sure that nothing much
/// larger than the limit is ever encoded.
/// </summary>
internal sealed class Body
{
    /// <summary>Bytes of a whole record.</summary>
    internal const int MaxBytes = 256 * 1024;

    /// <summary>Lists and maps inside one another.</summary>
    internal const int MaxDepth = 8;

    private const int MaxFields = 256;
    private const int MaxKeyChars = 1024;
    private const int HeadBytes = 12;
    private const int FirstBytes = 2048;

    // A buffer that grew beyond this goes to the garbage: one large record must not stay in every thread.
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static Body? kept;

    private byte[] bytes = new byte[FirstBytes];
    private int at;
    private int fields;
    private int limit;
    private int depth;

    /// <summary>Is there nothing to be gained by reading on? Then the core has enough to cut.</summary>
    internal bool IsFull => at > limit || fields > MaxFields;

    internal byte[] Bytes => bytes;

    internal int Length => at;

    internal int FieldCount => fields;

    /// <summary>Takes this thread's body and writes the head and the message into it.</summary>
    internal static Body Begin(Level level, RecordKind kind, long timeNs, string? message)
    {
        Body body = Take();
        byte[] bytes = body.bytes;
        bytes[0] = (byte)level;
        bytes[1] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), timeNs);
        body.at = HeadBytes;
        body.Chars(message.AsSpan());
        // The message is cut on its own, so that the fields behind a huge one still come along.
        body.limit = body.at + MaxBytes;
        return body;
    }

    /// <summary>Takes this thread's body for fields alone, which will be copied into many records.</summary>
    internal static Body BeginBound()
    {
        Body body = Take();
        body.at = HeadBytes;
        body.limit = MaxBytes;
        return body;
    }

    /// <summary>The fields that were written, without the head.</summary>
    internal byte[] BoundBytes() => bytes.AsSpan(HeadBytes, at - HeadBytes).ToArray();

    /// <summary>Writes the number of fields; the bytes up to <see cref="Length"/> are the record.</summary>
    internal byte[] Finish()
    {
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), (ushort)Math.Min(fields, ushort.MaxValue));
        return bytes;
    }

    /// <summary>Gives the body back to its thread.</summary>
    internal void Return()
    {
        if (bytes.Length > KeptBytes)
        {
            bytes = new byte[FirstBytes];
        }

        kept = this;
    }

    /// <summary>Copies fields that were encoded before.</summary>
    internal void Add(Bound bound)
    {
        byte[] encoded = bound.Bytes;
        Reserve(encoded.Length);
        encoded.AsSpan().CopyTo(bytes.AsSpan(at));
        at += encoded.Length;
        fields += bound.Count;
    }

    /// <summary>Begins a field of the record; its value must follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Field(string? name)
    {
        fields++;
        Key(name);
    }

    /// <summary>A field whose value is eight bytes behind a tag.</summary>
    internal void Field(string? name, byte tag, long payload)
    {
#if NET8_0_OR_GREATER
        // In one go where the name is short and ASCII: room for it all is asked for once.
        if (name is not null && name.Length <= Utf8.ShortUnits)
        {
            Reserve(4 + Utf8.ShortUnits + 9);
            ref byte place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), at);
            if (Utf8.TryShortAscii(name, ref Unsafe.Add(ref place, 4)))
            {
                Little.Put(ref place, name.Length);
                place = ref Unsafe.Add(ref place, 4 + name.Length);
                place = tag;
                Little.Put(ref Unsafe.Add(ref place, 1), payload);
                at += 4 + name.Length + 9;
                fields++;
                return;
            }
        }
#endif
        Field(name);
        Eight(tag, payload);
    }

    /// <summary>A field with a text.</summary>
    internal void Field(string? name, string value)
    {
#if NET8_0_OR_GREATER
        if (name is not null && name.Length <= Utf8.ShortUnits && value.Length <= Utf8.ShortUnits)
        {
            Reserve(4 + Utf8.ShortUnits + 5 + Utf8.ShortUnits);
            ref byte place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(bytes), at);
            ref byte behind = ref Unsafe.Add(ref place, 4 + name.Length);
            if (Utf8.TryShortAscii(name, ref Unsafe.Add(ref place, 4)) && Utf8.TryShortAscii(value, ref Unsafe.Add(ref behind, 5)))
            {
                Little.Put(ref place, name.Length);
                behind = Tag.Text;
                Little.Put(ref Unsafe.Add(ref behind, 1), value.Length);
                at += 4 + name.Length + 5 + value.Length;
                fields++;
                return;
            }
        }
#endif
        Field(name);
        Text(value);
    }

    /// <summary>The key of a field, or of an entry of a map.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Key(string? name)
    {
        ReadOnlySpan<char> text = name.AsSpan();
        Chars(text.Length > MaxKeyChars ? text.Slice(0, MaxKeyChars) : text);
    }

    internal void Null() => Mark(Tag.Null);

    internal void Bool(bool value) => Mark(value ? Tag.True : Tag.False);

    internal void I64(long value) => Eight(Tag.I64, value);

    internal void U64(ulong value) => Eight(Tag.U64, unchecked((long)value));

    internal void F64(double value) => Eight(Tag.F64, BitConverter.DoubleToInt64Bits(value));

    internal void Time(long nanoseconds) => Eight(Tag.Time, nanoseconds);

    internal void Text(string? value) => Tagged(Tag.Text, value.AsSpan());

    internal void Text(ReadOnlySpan<char> value) => Tagged(Tag.Text, value);

    internal void Number(ReadOnlySpan<char> digits) => Tagged(Tag.Number, digits);

    /// <summary>What stands for a value that is missing or shortened, with what is known of it.</summary>
    internal void Cut(string kept) => Tagged(Tag.Cut, kept.AsSpan());

    internal void Blob(ReadOnlySpan<byte> value)
    {
        // One byte more than fits: so the core sees that it does not.
        ReadOnlySpan<byte> start = value.Length > MaxBytes ? value.Slice(0, MaxBytes + 1) : value;
        Mark(Tag.Bytes);
        Reserve(4 + start.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), start.Length);
        start.CopyTo(bytes.AsSpan(at + 4));
        at += 4 + start.Length;
    }

    /// <summary>
    /// Opens a list or a map. True: items follow, then <see cref="Close"/> with the place that was told. False: it lies too
    /// deep, a cut stands there, and nothing may follow.
    /// </summary>
    internal bool Open(bool map, out int place)
    {
        if (depth == MaxDepth)
        {
            Cut("");
            place = 0;
            return false;
        }

        depth++;
        Mark(map ? Tag.Map : Tag.List);
        Reserve(4);
        place = at;
        at += 4;
        return true;
    }

    internal void Close(int place, int count)
    {
        depth--;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), count);
    }

    private static Body Take()
    {
        Body? body = kept;
        if (body is null)
        {
            return new Body();
        }

        kept = null;
        body.fields = 0;
        body.depth = 0;
        return body;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mark(byte tag)
    {
        Reserve(1);
        bytes[at++] = tag;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Eight(byte tag, long payload)
    {
        Reserve(9);
        Span<byte> place = bytes.AsSpan(at);
        BinaryPrimitives.WriteInt64LittleEndian(place.Slice(1), payload);
        place[0] = tag;
        at += 9;
    }

    private void Tagged(byte tag, ReadOnlySpan<char> text)
    {
        Mark(tag);
        Chars(text);
    }

    // A u32 length and UTF-8. Only a beginning of a text that could never fit is encoded: the core cuts it in the right place.
    private void Chars(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxBytes)
        {
            text = text.Slice(0, MaxBytes + 1);
        }

        Reserve(4 + Utf8.Most(text.Length));
        Span<byte> place = bytes.AsSpan(at);
        int length = Utf8.Write(text, place.Slice(4));
        BinaryPrimitives.WriteInt32LittleEndian(place, length);
        at += 4 + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reserve(int count)
    {
        if (bytes.Length - at < count)
        {
            Grow(count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref bytes, Math.Max(2 * bytes.Length, at + count));
}
