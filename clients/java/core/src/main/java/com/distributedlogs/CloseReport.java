package com.distributedlogs;

/**
 * What became of the records when a logger was closed.
 *
 * @param sent records that the server has acknowledged
 * @param waiting records that lie in the journal; the next process of the same service sends them
 * @param lost records that will never arrive; {@link DistributedLogger#stats()} tells the reasons
 */
public record CloseReport(long sent, long waiting, long lost) {}
