package com.distributedlogs.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.distributedlogs.DistributedLogger;
import com.distributedlogs.Level;
import com.distributedlogs.Sink;
import com.distributedlogs.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The starter, in a context of Spring. */
class DistributedLogsAutoConfigurationTest {
  @TempDir Path folder;
  private final Sink sink = new Sink();
  private ApplicationContextRunner runner;

  @BeforeEach
  void open() {
    runner =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DistributedLogsAutoConfiguration.class))
            .withPropertyValues(
                "spring.application.name=shop",
                "distributedlogs.endpoint=" + sink.endpoint(),
                "distributedlogs.journal-dir=" + folder.resolve("journal"),
                "distributedlogs.batch-interval-ms=20",
                "distributedlogs.shutdown-timeout-ms=" + Sink.PATIENCE_MS,
                "distributedlogs.compression=none",
                "distributedlogs.level=debug",
                "distributedlogs.redact-keys=password,token",
                "distributedlogs.metadata.region=eu");
  }

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void propertiesMakeALogger() {
    DistributedLogger[] logger = new DistributedLogger[1];
    runner.run(
        context -> {
          logger[0] = context.getBean(DistributedLogger.class);
          assertEquals(Level.DEBUG, logger[0].level());
          logger[0].info("m", Map.of("password", "s3cret"));
        });
    assertEquals(State.STOPPED, logger[0].state());
    assertTrue(sink.messages().contains("m"));
    assertEquals("shop", sink.client().get("service"));
    assertEquals(Map.of("region", "eu"), sink.client().get("metadata"));
  }

  @Test
  void whatLogbackGetsArrivesUntilTheEnd() {
    runner.run(
        context -> LoggerFactory.getLogger("app").atInfo().addKeyValue("user", 7).log("by slf4j"));
    LoggerFactory.getLogger("app").info("after the context");
    assertTrue(sink.messages().contains("by slf4j"));
    assertFalse(sink.messages().contains("after the context"));
  }

  @Test
  void theAppenderCanBeLeftOut() {
    runner
        .withPropertyValues("distributedlogs.appender=false")
        .run(
            context -> {
              LoggerFactory.getLogger("app").info("by slf4j");
              context.getBean(DistributedLogger.class).info("m");
            });
    assertEquals(List.of("m"), sink.messages());
  }

  @Test
  void withoutLogbackThereIsALoggerAndNoAppender() {
    runner
        .withClassLoader(new FilteredClassLoader("ch.qos.logback"))
        .run(
            context -> {
              context.getBean(DistributedLogger.class).info("m");
              assertFalse(context.containsBean("distributedLogsRootAppender"));
            });
    assertEquals(List.of("m"), sink.messages());
  }

  @Test
  void theProgramsOwnLoggerWins() {
    try (DistributedLogger own = sink.builder(folder).build()) {
      runner
          .withBean("own", DistributedLogger.class, () -> own)
          .run(context -> assertSame(own, context.getBean(DistributedLogger.class)));
    }
  }

  @Test
  void itCanBeSwitchedOff() {
    runner
        .withPropertyValues("distributedlogs.enabled=false")
        .run(context -> assertTrue(context.getBeansOfType(DistributedLogger.class).isEmpty()));
  }

  @Test
  void aWrongPropertyStopsTheStartWithTheReason() {
    runner
        .withPropertyValues("distributedlogs.batch-size=0")
        .run(
            context -> {
              Throwable cause = context.getStartupFailure();
              while (cause.getCause() != null) {
                cause = cause.getCause();
              }
              assertTrue(cause.getMessage().contains("batch_size"), cause::toString);
            });
  }

  @Test
  void everyPropertyIsDescribed() throws Exception {
    String name = "/META-INF/spring-configuration-metadata.json";
    try (var in = getClass().getResourceAsStream(name)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (var method : DistributedLogsProperties.class.getMethods()) {
        if (method.getName().startsWith("set")) {
          String property =
              method.getName().substring(3).replaceAll("(?<=[a-z])([A-Z])", "-$1").toLowerCase();
          assertTrue(json.contains("\"distributedlogs." + property + "\""), property);
        }
      }
    }
  }
}
