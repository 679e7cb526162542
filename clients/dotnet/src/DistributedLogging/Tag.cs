namespace DistributedLogging;

/// <summary>What stands before a value, as spec/record.md numbers it.</summary>
internal static class Tag
{
    internal const byte Null = 0;
    internal const byte False = 1;
    internal const byte True = 2;
    internal const byte I64 = 3;
    internal const byte U64 = 4;
    internal const byte F64 = 5;
    internal const byte Text = 6;
    internal const byte List = 7;
    internal const byte Map = 8;
    internal const byte Bytes = 9;
    internal const byte Time = 10;
    internal const byte Number = 11;
    internal const byte Cut = 12;
}
