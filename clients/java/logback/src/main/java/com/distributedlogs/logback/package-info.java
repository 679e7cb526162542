/**
 * Logback's records into a logger of DistributedLogs, with SLF4J's key-values, the MDC and markers;
 * never waits for anything.
 */
package com.distributedlogs.logback;
