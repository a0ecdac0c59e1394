package dev.gatlingllm.gatling;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads classes before the load that would otherwise be loaded in mid-run. A process that has run
 * out of descriptors cannot open their files any more: the very classes that report this would be
 * missing, and the JVM never looks again for a class that it once failed to find.
 */
final class OwnClasses {

  private static final String SUFFIX = ".class";

  /** Packages used only after the connections are closed. */
  private static final List<String> AFTER_THE_LOAD =
      Stream.of("cli", "cost", "forge", "report")
          .map(name -> "dev.gatlingllm." + name + ".")
          .toList();

  private OwnClasses() {}

  /** Opens every archive on the class path, and loads our classes if they lie in a folder. */
  static void load() {
    ClassLoader loader = OwnClasses.class.getClassLoader();
    // No archive has it, but each one is open from then on.
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
      // It refers to a library that is absent, and so is not needed.
    }
  }
}
