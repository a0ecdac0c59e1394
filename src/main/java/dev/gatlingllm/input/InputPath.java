package dev.gatlingllm.input;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where an input lies: a file or folder, or what has this name on the class path, as feeders do in
 * a package for Gatling Enterprise. Safe for use by many threads.
 */
public final class InputPath {

  /** Open until the process ends: whoever reads may do so at any time. */
  private static final Map<URI, FileSystem> ARCHIVES = new ConcurrentHashMap<>();

  private InputPath() {}

  /**
   * The place of an input. A file comes first; where neither is there, the path is that of the
   * file, so that whoever opens it says which is missing.
   *
   * @param name path of a file, which is the name on the class path as well
   * @throws InvalidPathException if it can be no path
   */
  public static Path of(String name) {
    Path file = Path.of(name);
    if (name.isBlank() || file.isAbsolute() || Files.exists(file)) {
      return file;
    }
    return onClassPath(name.replace('\\', '/')).orElse(file);
  }

  private static Optional<Path> onClassPath(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return find(InputPath.class.getClassLoader(), name)
        .or(() -> context == null ? Optional.empty() : find(context, name));
  }

  private static Optional<Path> find(ClassLoader loader, String name) {
    URL found = loader.getResource(name);
    try {
      return found == null ? Optional.empty() : Optional.of(path(found.toURI()));
    } catch (IOException | URISyntaxException | RuntimeException ignored) {
      // A class path of another kind: the file is missing, and that is said.
      return Optional.empty();
    }
  }

  private static Path path(URI found) throws IOException {
    if (!found.getScheme().equals("jar")) {
      return Path.of(found);
    }
    // jar:file:/a.jar!/feeders/b.csv
    String[] parts = found.getRawSchemeSpecificPart().split("!/", 2);
    URI archive = URI.create(parts[0]);
    synchronized (ARCHIVES) {
      FileSystem open = ARCHIVES.get(archive);
      if (open == null) {
        open = FileSystems.newFileSystem(Path.of(archive), (ClassLoader) null);
        ARCHIVES.put(archive, open);
      }
      return open.getPath(URI.create("x:/" + parts[1]).getPath());
    }
  }
}
