namespace DistributedLogging;

/// <summary>What a record is, as spec/record.md numbers it.</summary>
internal enum RecordKind : byte
{
    /// <summary>A message.</summary>
    Log = 0,

    /// <summary>A custom event; the message is its name.</summary>
    Event = 1,
}
