package com.distributedlogs;

import java.util.Map;

/**
 * Something that happened inside of a logger.
 *
 * @param name what happened: {@code state_changed}, {@code batch_sent}, {@code batch_failed},
 *     {@code connection_failed}, {@code connection_restored}, {@code alert}, {@code records_lost},
 *     {@code adopted} or {@code events_missed}
 * @param details what belongs to it, by name; numbers are {@link Long} or {@link Double}
 */
public record Event(String name, Map<String, Object> details) {}
