using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace DistributedLogging;

/// <content>
/// The verbs. Each answers true when the record is in the journal, and false when its level is off or it was refused. None
/// blocks, throws or prints.
/// </content>
public sealed partial class DistributedLogger
{
    // Nullable annotations are off, so that a Dictionary<string, object> and a Dictionary<string, object?> both fit.
#nullable disable annotations
    /// <summary>Records steps of an algorithm. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Trace(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Trace) && Write(Level.Trace, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Trace(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Trace(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Trace) && Write(Level.Trace, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Trace(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Trace(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Trace) && Write(Level.Trace, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Trace(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Trace(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Trace) && Write(Level.Trace, RecordKind.Log, message, exception, metadata);

    /// <summary>Records what helps to find a defect. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Debug(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Debug) && Write(Level.Debug, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Debug(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Debug(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Debug) && Write(Level.Debug, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Debug(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Debug(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Debug) && Write(Level.Debug, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Debug(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Debug(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Debug) && Write(Level.Debug, RecordKind.Log, message, exception, metadata);

    /// <summary>Records the normal course of things. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Info(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Info(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Info(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Info(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Info(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Info(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Info(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Log, message, exception, metadata);

    /// <summary>Records what should be looked at. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Warning(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Warning) && Write(Level.Warning, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Warning(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Warning(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Warning) && Write(Level.Warning, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Warning(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Warning(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Warning) && Write(Level.Warning, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Warning(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Warning(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Warning) && Write(Level.Warning, RecordKind.Log, message, exception, metadata);

    /// <summary>Records what failed. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Error(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Error) && Write(Level.Error, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Error(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Error(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Error) && Write(Level.Error, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Error(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Error(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Error) && Write(Level.Error, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Error(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Error(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Error) && Write(Level.Error, RecordKind.Log, message, exception, metadata);

    /// <summary>Records what the program cannot go on without. Nothing is allocated for it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Critical(string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Critical) && Write(Level.Critical, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Critical(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Critical(string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Critical) && Write(Level.Critical, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Critical(string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Critical(string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Critical) && Write(Level.Critical, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Critical(string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Critical(string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Critical) && Write(Level.Critical, RecordKind.Log, message, exception, metadata);

    /// <summary>Records a message at any level. Nothing is allocated for it.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="message">What happened.</param>
    /// <param name="fields">Typed fields: <c>("user_id", 12345)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Log(Level level, string message, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(level) && Write(level, RecordKind.Log, message, null, fields);

    /// <inheritdoc cref="Log(Level, string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Log(Level level, string message, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(level) && Write(level, RecordKind.Log, message, null, metadata);

    /// <inheritdoc cref="Log(Level, string, ReadOnlySpan{Field})"/>
    /// <param name="exception">Recorded with its class, its text and its stack; null is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Log(Level level, string message, Exception exception, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(level) && Write(level, RecordKind.Log, message, exception, fields);

    /// <inheritdoc cref="Log(Level, string, Exception, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Log(Level level, string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(level) && Write(level, RecordKind.Log, message, exception, metadata);

    /// <summary>Records a business event at <see cref="Level.Info"/>. Nothing is allocated for it.</summary>
    /// <param name="event">The event's name: <c>payment_completed</c>.</param>
    /// <param name="fields">Typed fields: <c>("amount", 99.99)</c>.</param>
    /// <returns>True when it is in the journal.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Custom(string @event, params ReadOnlySpan<Field> fields) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Event, @event, null, fields);

    /// <inheritdoc cref="Custom(string, ReadOnlySpan{Field})"/>
    /// <param name="metadata">Fields: a dictionary, or anything else that has pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Custom(string @event, IEnumerable<KeyValuePair<string, object>> metadata) =>
        engine.IsEnabled(Level.Info) && Write(Level.Info, RecordKind.Event, @event, null, metadata);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Write(Level level, RecordKind kind, string message, Exception exception, ReadOnlySpan<Field> fields)
    {
        Body body = Begin(level, kind, 0, message, exception);
        Fields.Write(body, fields);
        return engine.Append(body);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Write(
        Level level, RecordKind kind, string message, Exception exception, IEnumerable<KeyValuePair<string, object>> metadata)
    {
        Body body = Begin(level, kind, 0, message, exception);
        Fields.Write(body, metadata);
        return engine.Append(body);
    }
#nullable restore annotations
}
