import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Logs through SLF4J, Logback and loki4j (logback.xml); prints the rows that must come of it. */
public final class Loki {
  private static final Map<Level, String> LEVELS =
      Map.of(
          Level.TRACE, "TRACE",
          Level.DEBUG, "DEBUG",
          Level.INFO, "INFO",
          Level.WARN, "WARNING",
          Level.ERROR, "ERROR");

  /** The server's address is the only argument. */
  public static void main(String[] arguments) {
    System.setProperty("loki.url", arguments[0]);
    MDC.put("user", "ünïcödé 💳");
    for (String form : List.of("json", "protobuf")) {
      Logger logger = LoggerFactory.getLogger("shop." + form);
      for (Map.Entry<Level, String> level : LEVELS.entrySet()) {
        logger.atLevel(level.getKey()).addKeyValue("order", 17).log("loki4j {} {}", form, level.getValue());
        System.out.printf(
            "{\"message\": \"loki4j %s %s\", \"level\": \"%2$s\", \"service\": \"loki4j-%1$s\","
                + " \"environment\": \"test\", \"host\": \"web-5\", \"logger\": \"shop.%1$s\", \"thread\":"
                + " \"main\", \"metadata\": {\"order\": \"17\", \"user\": \"ünïcödé 💳\"}}%n",
            form, level.getValue());
      }
      for (int number = 0; number < 2000; number++) {
        logger.info("loki4j {} many {}", form, number);
      }
      System.out.printf("{\"message\": \"loki4j %s many 1999\", \"level\": \"INFO\"}%n", form);
    }
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}
