package dev.gatlingllm.protocol;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads what else would be loaded in mid-run, from files that cannot be opened any more when the
 * process has run out of descriptors: then the very classes that say so would be missing, and the
 * JVM never looks for a class again that it once did not find.
 */
final class OwnClasses {

  private static final String SUFFIX = ".class";

  /** Packages that are used when the connections are closed again. */
  private static final List<String> AFTER_THE_LOAD =
      Stream.of("command", "compare", "cost", "export", "latency", "report", "server", "tool")
          .map(name -> "dev.gatlingllm." + name + ".")
          .toList();

  private OwnClasses() {}

  /** Opens every archive on the class path, and loads our classes if they lie in a folder. */
  static void load() {
    ClassLoader loader = OwnClasses.class.getClassLoader();
    // Looked for in vain in every archive, which stays open from then on.
    URL unused = loader.getResource("dev/gatlingllm/no-such-file");
    try {
      CodeSource source = OwnClasses.class.getProtectionDomain().getCodeSource();
      Path place = Path.of(source.getLocation().toURI());
      if (Files.isDirectory(place)) {
        names(place).forEach(name -> load(name, loader));
      }
    } catch (IOException | URISyntaxException | RuntimeException ignored) {
      // A class path of another kind: its classes are loaded when they are needed.
    }
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(file -> place.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .map(name -> name.replace('\\', '/').replace('/', '.'))
          .filter(name -> AFTER_THE_LOAD.stream().noneMatch(name::startsWith))
          .toList();
    }
  }

  private static void load(String name, ClassLoader loader) {
    try {
      Class<?> unused = Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError ignored) {
      // Of a library that is not there: nor will it be needed.
    }
  }
}
