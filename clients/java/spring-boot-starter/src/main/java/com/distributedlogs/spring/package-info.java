/**
 * A logger of DistributedLogs as a bean of Spring Boot, set by properties, behind Logback; decides
 * nothing else.
 */
package com.distributedlogs.spring;
