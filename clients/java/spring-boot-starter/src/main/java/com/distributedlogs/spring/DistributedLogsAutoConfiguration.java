package com.distributedlogs.spring;

import com.distributedlogs.DistributedLogger;
import com.distributedlogs.LoggerBuilder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Makes the logger from {@code distributedlogs.*}, unless the program has one of its own, and puts
 * it behind Logback.
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "distributedlogs", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(DistributedLogsProperties.class)
public class DistributedLogsAutoConfiguration {
  /** For Spring. */
  public DistributedLogsAutoConfiguration() {}

  /**
   * The logger. Spring closes it after all that might log; without a service name it has the
   * application's.
   */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  public DistributedLogger distributedLogger(
      DistributedLogsProperties properties, Environment environment) {
    LoggerBuilder builder = DistributedLogger.builder().closeAtExit(false);
    properties.apply(builder);
    String application = environment.getProperty("spring.application.name", "");
    String variable = environment.getProperty("DLOGS_SERVICE_NAME", "");
    if (properties.getServiceName() == null && variable.isEmpty() && !application.isEmpty()) {
      builder.serviceName(application);
    }
    return builder.build();
  }

  /** Only where Logback is. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ch.qos.logback.classic.LoggerContext.class)
  @ConditionalOnProperty(prefix = "distributedlogs", name = "appender", matchIfMissing = true)
  static class Logback {
    @Bean
    RootAppender distributedLogsRootAppender(DistributedLogger logger) {
      return new RootAppender(logger);
    }
  }
}
