import com.distributedlogs.DistributedLogger;
import com.distributedlogs.LoggerBuilder;
import java.nio.file.Path;
import java.util.Map;

/** DistributedLogs, with a map as the README shows it, or field by field. */
final class Ours implements Contender {
  private final DistributedLogger logger;
  private final boolean fluent;

  Ours(String endpoint, Path scratch, boolean flood, boolean fluent) {
    LoggerBuilder builder =
        DistributedLogger.builder()
            .endpoint(endpoint)
            .serviceName("bench")
            .journalDir(scratch.resolve("journal").toString())
            .batchIntervalMs(200);
    if (flood) {
      builder.overflow("block").blockTimeoutMs(10_000);
    }
    this.fluent = fluent;
    logger = builder.build();
    logger.start();
  }

  @Override
  public void call(Entry entry) {
    if (!fluent) {
      logger.info(entry.message, entry.fields);
      return;
    }
    logger
        .atInfo()
        .field("user_id", entry.user)
        .field("path", entry.path)
        .field("duration", entry.duration)
        .field("trace", entry.trace)
        .field("ok", entry.ok)
        .log(entry.message);
  }

  @Override
  public long finish() {
    logger.close();
    long refused = 0;
    for (Object count : ((Map<?, ?>) logger.stats().get("refused")).values()) {
      refused += (Long) count;
    }
    return refused;
  }
}
