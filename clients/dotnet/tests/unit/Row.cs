using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace DistributedLogging.Tests;

/// <summary>A record as a reader sees it: decoded by spec/record.md, strictly.</summary>
internal sealed record Row(Level Level, bool IsEvent, long TimeNs, string Message, Dictionary<string, object?> Fields)
{
    internal object? this[string name] => Fields[name];

    internal static Row Of(ReadOnlySpan<byte> body, long frameTimeNs = 0)
    {
        var reader = new Reader(body);
        var level = (Level)reader.Byte();
        bool isEvent = reader.Byte() == 1;
        int count = reader.U16();
        long time = reader.I64();
        string message = reader.Text();
        Dictionary<string, object?> fields = [];
        for (int n = 0; n < count; n++)
        {
            fields[reader.Text()] = reader.Value();
        }

        Assert.True(reader.IsAtEnd, "there are bytes behind the last field");
        return new Row(level, isEvent, time != 0 ? time : frameTimeNs, message, fields);
    }

    /// <summary>Text with tag 12.</summary>
    internal sealed record Cut(string Kept);

    /// <summary>Text with tag 11.</summary>
    internal sealed record Number(string Digits);

    /// <summary>Nanoseconds with tag 10.</summary>
    internal sealed record Time(long Nanoseconds);

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        internal readonly bool IsAtEnd => rest.IsEmpty;

        internal byte Byte() => Take(1)[0];

        internal int U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

        internal int I32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

        internal long I64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        internal string Text() => new UTF8Encoding(false, true).GetString(Take(I32()));

        internal object? Value()
        {
            switch (Byte())
            {
                case 0:
                    return null;
                case 1:
                    return false;
                case 2:
                    return true;
                case 3:
                    return I64();
                case 4:
                    return unchecked((ulong)I64());
                case 5:
                    return BitConverter.Int64BitsToDouble(I64());
                case 6:
                    return Text();
                case 7:
                    List<object?> list = [];
                    for (int count = I32(); count > 0; count--)
                    {
                        list.Add(Value());
                    }

                    return list;
                case 8:
                    Dictionary<string, object?> map = [];
                    for (int count = I32(); count > 0; count--)
                    {
                        map[Text()] = Value();
                    }

                    return map;
                case 9:
                    return Take(I32()).ToArray();
                case 10:
                    return new Time(I64());
                case 11:
                    return new Number(Text());
                case 12:
                    return new Cut(Text());
                case byte tag:
                    throw new FormatException($"tag {tag.ToString(CultureInfo.InvariantCulture)}");
            }
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            ReadOnlySpan<byte> taken = rest[..count];
            rest = rest[count..];
            return taken;
        }
    }
}
