package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service without a name is called. */
class ProgramTest {
  @ParameterizedTest
  @CsvSource({
    "com.shop.Billing --verbose x.jar, /lib/a.jar:/lib/b.jar, Billing",
    "Billing, /lib/a.jar, Billing",
    "shop/com.shop.Billing, '', Billing",
    "/opt/my shop/billing.jar --port 80, /opt/my shop/billing.jar, billing",
    "billing.jar, billing.jar, billing",
    "'', '', ''",
  })
  void itsMainClassOrItsJar(String command, String classPath, String name) {
    assertEquals(name, Program.nameOf(command, classPath));
  }
}
