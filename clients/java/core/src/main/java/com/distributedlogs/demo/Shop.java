package com.distributedlogs.demo;

import com.distributedlogs.DistributedLogger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** The records of a shop under load, in the proportions of a real one. */
final class Shop {
  private static final String[] PATHS = {
    "/api/users", "/api/orders", "/api/cart", "/checkout", "/search", "/health"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final String[] CURRENCIES = {"USD", "EUR", "GBP", "JPY"};

  private final DistributedLogger logger;
  private final Random random = new Random();

  Shop(DistributedLogger logger) {
    this.logger = logger;
  }

  /** What goes wrong in a shop. */
  private static final class PaymentDeclinedException extends Exception {
    private static final long serialVersionUID = 1;

    PaymentDeclinedException() {
      super("the bank said no");
    }
  }

  /** Logs one record; {@code message} replaces its text. */
  boolean logOne(String message, String demoId) {
    double draw = random.nextDouble();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("demo_id", demoId);
    fields.put("user_id", 1 + random.nextInt(9999));
    if (draw < 0.80) {
      fields.put("path", one(PATHS));
      fields.put("method", one(METHODS));
      fields.put("response_time_ms", rounded(Math.exp(3 + 0.8 * random.nextGaussian()), 10));
      return logger.info(or(message, "Request processed"), fields);
    }
    if (draw < 0.90) {
      fields.put("current_rate", 900 + random.nextInt(101));
      fields.put("limit", 1000);
      return logger.warning(or(message, "Rate limit approaching"), fields);
    }
    if (draw < 0.97) {
      fields.put("amount", rounded(1 + 499 * random.nextDouble(), 100));
      fields.put("currency", one(CURRENCIES));
      return logger.custom(or(message, "payment_completed"), fields);
    }
    return logger.error(or(message, "Payment failed"), fields, new PaymentDeclinedException());
  }

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private static double rounded(double value, int parts) {
    return Math.rint(value * parts) / parts;
  }

  private static String or(String message, String usual) {
    return message == null ? usual : message;
  }
}
