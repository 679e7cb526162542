package com.distributedlogs;

import java.util.Map;

/**
 * The log calls of a {@link DistributedLogger}, one for each level and form. Each answers {@code
 * true} when the record is in the journal, {@code false} when its level is disabled or it was
 * refused; none blocks, prints or throws. Metadata are names and values of any class; an
 * exception's class, message and stack become the record's error; either may be null.
 */
public abstract sealed class LogVerbs permits DistributedLogger {
  LogVerbs() {}

  /** Logs at a level. */
  public abstract boolean log(
      Level level, String message, Map<String, ?> metadata, Throwable thrown);

  /** Begins a call at a level that is put together field by field, without boxing. */
  public abstract LogCall at(Level level);

  /** Logs a business event, such as {@code payment_completed}, at INFO. */
  public abstract boolean custom(String event, Map<String, ?> metadata);

  /** Logs a business event without fields. */
  public boolean custom(String event) {
    return custom(event, null);
  }

  /** Logs at a level. */
  public boolean log(Level level, String message) {
    return log(level, message, null, null);
  }

  /** Logs at a level, with fields. */
  public boolean log(Level level, String message, Map<String, ?> metadata) {
    return log(level, message, metadata, null);
  }

  /** Logs at TRACE: the steps of an algorithm, for its author. */
  public boolean trace(String message) {
    return log(Level.TRACE, message, null, null);
  }

  /** Logs at TRACE, with fields. */
  public boolean trace(String message, Map<String, ?> metadata) {
    return log(Level.TRACE, message, metadata, null);
  }

  /** Logs at TRACE, with an exception. */
  public boolean trace(String message, Throwable thrown) {
    return log(Level.TRACE, message, null, thrown);
  }

  /** Logs at TRACE, with fields and an exception. */
  public boolean trace(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.TRACE, message, metadata, thrown);
  }

  /** Begins a call at TRACE that is put together field by field. */
  public LogCall atTrace() {
    return at(Level.TRACE);
  }

  /** Logs at DEBUG: for whoever looks for a defect. */
  public boolean debug(String message) {
    return log(Level.DEBUG, message, null, null);
  }

  /** Logs at DEBUG, with fields. */
  public boolean debug(String message, Map<String, ?> metadata) {
    return log(Level.DEBUG, message, metadata, null);
  }

  /** Logs at DEBUG, with an exception. */
  public boolean debug(String message, Throwable thrown) {
    return log(Level.DEBUG, message, null, thrown);
  }

  /** Logs at DEBUG, with fields and an exception. */
  public boolean debug(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.DEBUG, message, metadata, thrown);
  }

  /** Begins a call at DEBUG that is put together field by field. */
  public LogCall atDebug() {
    return at(Level.DEBUG);
  }

  /** Logs at INFO: the normal course of things. */
  public boolean info(String message) {
    return log(Level.INFO, message, null, null);
  }

  /** Logs at INFO, with fields. */
  public boolean info(String message, Map<String, ?> metadata) {
    return log(Level.INFO, message, metadata, null);
  }

  /** Logs at INFO, with an exception. */
  public boolean info(String message, Throwable thrown) {
    return log(Level.INFO, message, null, thrown);
  }

  /** Logs at INFO, with fields and an exception. */
  public boolean info(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.INFO, message, metadata, thrown);
  }

  /** Begins a call at INFO that is put together field by field. */
  public LogCall atInfo() {
    return at(Level.INFO);
  }

  /** Logs at WARNING: something that should be looked at, and did no harm yet. */
  public boolean warning(String message) {
    return log(Level.WARNING, message, null, null);
  }

  /** Logs at WARNING, with fields. */
  public boolean warning(String message, Map<String, ?> metadata) {
    return log(Level.WARNING, message, metadata, null);
  }

  /** Logs at WARNING, with an exception. */
  public boolean warning(String message, Throwable thrown) {
    return log(Level.WARNING, message, null, thrown);
  }

  /** Logs at WARNING, with fields and an exception. */
  public boolean warning(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.WARNING, message, metadata, thrown);
  }

  /** Begins a call at WARNING that is put together field by field. */
  public LogCall atWarning() {
    return at(Level.WARNING);
  }

  /** Logs at ERROR: something failed. */
  public boolean error(String message) {
    return log(Level.ERROR, message, null, null);
  }

  /** Logs at ERROR, with fields. */
  public boolean error(String message, Map<String, ?> metadata) {
    return log(Level.ERROR, message, metadata, null);
  }

  /** Logs at ERROR, with an exception. */
  public boolean error(String message, Throwable thrown) {
    return log(Level.ERROR, message, null, thrown);
  }

  /** Logs at ERROR, with fields and an exception. */
  public boolean error(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.ERROR, message, metadata, thrown);
  }

  /** Begins a call at ERROR that is put together field by field. */
  public LogCall atError() {
    return at(Level.ERROR);
  }

  /** Logs at CRITICAL: the program or a vital part of it cannot go on. */
  public boolean critical(String message) {
    return log(Level.CRITICAL, message, null, null);
  }

  /** Logs at CRITICAL, with fields. */
  public boolean critical(String message, Map<String, ?> metadata) {
    return log(Level.CRITICAL, message, metadata, null);
  }

  /** Logs at CRITICAL, with an exception. */
  public boolean critical(String message, Throwable thrown) {
    return log(Level.CRITICAL, message, null, thrown);
  }

  /** Logs at CRITICAL, with fields and an exception. */
  public boolean critical(String message, Map<String, ?> metadata, Throwable thrown) {
    return log(Level.CRITICAL, message, metadata, thrown);
  }

  /** Begins a call at CRITICAL that is put together field by field. */
  public LogCall atCritical() {
    return at(Level.CRITICAL);
  }
}
