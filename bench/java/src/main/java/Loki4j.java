import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.Logger;

/**
 * Logback with loki4j, which sends to Loki's push API, with its default queue of 10 MB or with room
 * for a million records.
 */
final class Loki4j implements Contender {
  private static final String DEFAULT_QUEUE_BYTES = "10485760";
  private static final String BIG_QUEUE_BYTES = "536870912";

  private final LoggerContext context = new LoggerContext();
  private final Logger logger;

  Loki4j(String endpoint, boolean big) {
    context.putProperty("loki.url", endpoint.replace("/api/logs", ""));
    context.putProperty("queue.bytes", big ? BIG_QUEUE_BYTES : DEFAULT_QUEUE_BYTES);
    context.setMDCAdapter(new LogbackMDCAdapter());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(Loki4j.class.getResource("/loki4j.xml"));
    } catch (JoranException error) {
      throw new IllegalStateException(error);
    }
    logger = context.getLogger("bench");
  }

  @Override
  public void call(Entry entry) {
    logger
        .atInfo()
        .addKeyValue("user_id", entry.user)
        .addKeyValue("path", entry.path)
        .addKeyValue("duration", entry.duration)
        .addKeyValue("trace", entry.trace)
        .addKeyValue("ok", entry.ok)
        .log(entry.message);
  }

  @Override
  public long finish() {
    context.stop();
    return 0; // The appender tells its metrics only; the sink knows.
  }
}
