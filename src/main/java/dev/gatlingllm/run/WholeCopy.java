package dev.gatlingllm.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Copies a folder: all of it, or nothing. */
final class WholeCopy {

  private WholeCopy() {}

  /**
   * Copies {@code from} to {@code to}, which must not be there yet.
   *
   * @throws IOException if a part cannot be copied; the others are taken away again
   */
  static void of(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try {
      for (Path source : all(from)) {
        copy(source, to.resolve(from.relativize(source).toString()));
      }
    } catch (IOException e) {
      delete(to);
      throw e;
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    if (Files.isDirectory(source)) {
      Files.createDirectories(target);
    } else {
      Files.copy(source, target);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> parts = all(folder);
    Collections.reverse(parts);
    for (Path part : parts) {
      Files.deleteIfExists(part);
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return new ArrayList<>(walk.toList());
    }
  }
}
