package com.distributedlogs.demo;

/**
 * What the demo was told. {@code count} is null where it goes on for ever, {@code check} where it
 * only shows itself.
 */
record DemoArguments(String endpoint, Long records, String prefix, Long check) {
  private static final String USAGE =
      """
      usage: java com.distributedlogs.demo.Demo [--endpoint URL] [--records N] [--prefix P] [--check N]

      A client that logs like a small shop, for the page and the demo.
        --endpoint URL  where to send (default: as every logger)
        --records N     log so many, flush, close (default: until Ctrl-C)
        --prefix P      what every demo_id begins with (default: java)
        --check N       as --records, with the demo_id as message; says what was accepted
      """;

  Long count() {
    return check == null ? records : check;
  }

  static DemoArguments read(String[] arguments) {
    String endpoint = null;
    Long records = null;
    String prefix = "java";
    Long check = null;
    try {
      for (int i = 0; i < arguments.length; i += 2) {
        String value = i + 1 < arguments.length ? arguments[i + 1] : "";
        switch (arguments[i]) {
          case "--endpoint" -> endpoint = value;
          case "--records" -> records = Long.valueOf(value);
          case "--prefix" -> prefix = value;
          case "--check" -> check = Long.valueOf(value);
          case "--help", "-h" -> leave(0);
          default -> leave(2);
        }
      }
    } catch (NumberFormatException noNumber) {
      leave(2);
    }
    return new DemoArguments(endpoint, records, prefix, check);
  }

  private static void leave(int code) {
    (code == 0 ? System.out : System.err).print(USAGE);
    System.exit(code);
  }
}
