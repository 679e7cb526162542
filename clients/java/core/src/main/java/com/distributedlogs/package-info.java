/**
 * Logging that survives the process: encodes records here and hands them over to the native core,
 * never blocks, prints or throws.
 */
package com.distributedlogs;
