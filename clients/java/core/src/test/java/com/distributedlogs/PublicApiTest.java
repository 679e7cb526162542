package com.distributedlogs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The public surface is pinned in approved_api.txt: a change there is a decision, seen in review.
 */
class PublicApiTest {
  private static final Path APPROVED = Path.of("src/test/resources/approved_api.txt");

  @Test
  void theSurfaceIsAsApproved() throws Exception {
    String now = surface(Path.of("target/classes"));
    if (!Files.exists(APPROVED)) {
      Files.createDirectories(APPROVED.getParent());
      Files.writeString(APPROVED, now);
    }
    assertEquals(
        Files.readString(APPROVED),
        now,
        "if this is meant, delete " + APPROVED + " and run the test again");
  }

  private static String surface(Path classes) throws IOException, ClassNotFoundException {
    StringBuilder out = new StringBuilder();
    for (String name : names(classes)) {
      Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
      if (Modifier.isPublic(type.getModifiers())) {
        out.append(type.toGenericString()).append('\n');
        members(type).forEach(member -> out.append("    ").append(member).append('\n'));
      }
    }
    return out.toString();
  }

  private static TreeSet<String> members(Class<?> type) {
    TreeSet<String> members = new TreeSet<>();
    Stream.of(type.getDeclaredFields())
        .filter(field -> isSeen(field.getModifiers()) && !field.isSynthetic())
        .map(Field::toGenericString)
        .forEach(members::add);
    Stream.<Executable>concat(
            Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
        .filter(one -> isSeen(one.getModifiers()) && !one.isSynthetic())
        .map(Executable::toGenericString)
        .forEach(members::add);
    return members;
  }

  private static boolean isSeen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static List<String> names(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .map(
              file -> file.substring(0, file.length() - 6).replace(java.io.File.separatorChar, '.'))
          .sorted()
          .toList();
    }
  }
}
