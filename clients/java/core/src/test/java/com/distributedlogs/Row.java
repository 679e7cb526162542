package com.distributedlogs;

import java.util.Map;

/**
 * A record as the server would show it, for tests.
 *
 * @param level its level
 * @param event whether it is a custom event
 * @param timeNs when it happened; 0 where the core stamped it
 * @param message its message
 * @param fields all its fields, reserved ones too
 */
public record Row(
    Level level, boolean event, long timeNs, String message, Map<String, Object> fields) {}
