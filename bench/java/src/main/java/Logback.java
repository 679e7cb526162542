import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Logback's asynchronous appender in front of a file, with SLF4J's key-values: a reference for the
 * call. It delivers nothing.
 */
final class Logback implements Contender {
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  final Logger logger = context.getLogger("bench");

  Logback(Path scratch) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d %level %logger %kvp %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> file = new FileAppender<>();
    file.setContext(context);
    file.setFile(scratch.resolve("logback.log").toString());
    file.setEncoder(encoder);
    file.start();
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.setQueueSize(8192);
    async.setNeverBlock(true);
    async.addAppender(file);
    async.start();
    // Those of the one that was warmed up.
    logger.detachAndStopAllAppenders();
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    logger.addAppender(async);
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
    return 0;
  }
}
