package dev.gatlingllm.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Links between pages that may be moved together. */
public final class PageLink {

  private PageLink() {}

  /** From a page in one folder to the report in another; absent if there is none. */
  public static Optional<String> toReport(Path from, Path runFolder) {
    return to(from, runFolder.resolve(new IndexHtml().fileName()));
  }

  /** From a page in a folder to a file; absent if it is not there, or is on another drive. */
  public static Optional<String> to(Path from, Path file) {
    Path folder = from.toAbsolutePath().normalize();
    Path target = file.toAbsolutePath().normalize();
    if (!Files.isRegularFile(target) || !target.getRoot().equals(folder.getRoot())) {
      return Optional.empty();
    }
    String path = folder.relativize(target).toString().replace('\\', '/');
    try {
      // A first part with a colon would be a scheme.
      String relative = path.startsWith("../") ? path : "./" + path;
      return Optional.of(new URI(null, null, relative, null).getRawPath());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
