/**
 * Log4j 2's records into a logger of DistributedLogs, with the thread context and markers; never
 * waits for anything.
 */
package com.distributedlogs.log4j2;
