package com.distributedlogs.spring;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import com.distributedlogs.DistributedLogger;
import com.distributedlogs.logback.DistributedLogsAppender;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Hangs an appender to Logback's root logger for as long as the application lives. Does nothing
 * where SLF4J is not Logback's.
 */
final class RootAppender implements DisposableBean {
  private final DistributedLogsAppender appender;
  private final LoggerContext context;

  RootAppender(DistributedLogger logger) {
    appender = new DistributedLogsAppender(logger);
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    context = factory instanceof LoggerContext logback ? logback : null;
    if (context != null) {
      appender.setContext(context);
      appender.setName("distributedlogs");
      appender.start();
      root().addAppender(appender);
    }
  }

  private Logger root() {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Override
  public void destroy() {
    if (context != null) {
      root().detachAppender(appender);
      appender.stop();
    }
  }
}
