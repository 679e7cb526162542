package com.distributedlogs;

/** What the program is called: its main class, or the jar that was started. Never fails. */
final class Program {
  private static final String JAR = ".jar";

  private Program() {}

  /**
   * The name for a service without one; empty where the virtual machine does not tell, as in an
   * embedded one.
   */
  static String name() {
    return nameOf(
        System.getProperty("sun.java.command", ""), System.getProperty("java.class.path", ""));
  }

  /**
   * A command begins with a class, with {@code module/class}, or with the jar that is then the
   * whole class path.
   */
  static String nameOf(String command, String classPath) {
    if (classPath.endsWith(JAR) && command.startsWith(classPath)) {
      int from = Math.max(classPath.lastIndexOf('/'), classPath.lastIndexOf('\\')) + 1;
      return classPath.substring(from, classPath.length() - JAR.length());
    }
    String name = command.split(" ", 2)[0];
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')) + 1);
  }
}
