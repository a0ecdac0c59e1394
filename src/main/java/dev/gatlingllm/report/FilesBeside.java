package dev.gatlingllm.report;

import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lies in the folder of a page and is worth a link from it.
 *
 * @param gatlingReport whether Gatling's own report is there
 * @param links to other files, in the order in which they are shown
 */
public record FilesBeside(boolean gatlingReport, List<Link> links) {

  /** Nothing, or it is not known where the page will lie. */
  public static final FilesBeside NONE = new FilesBeside(false, List.of());

  private static final String PAGE = "index.html";

  /** A row of more links hides the rest of the page. */
  private static final int MOST_PAGES = 24;

  /**
   * A link.
   *
   * @param text what is there
   * @param path relative to the page, with {@code /} between folders
   */
  public record Link(String text, String path) {}

  /** Copies the list. */
  public FilesBeside {
    links = List.copyOf(links);
  }

  /** The files in a folder; none of them if there is no such folder yet. */
  static FilesBeside in(Path folder) throws IOException {
    List<Link> links = new ArrayList<>();
    addIfThere(folder, "latency-table.md", "Latency table", links);
    addIfThere(folder, "comparison.html", "Comparison", links);
    addIfThere(folder, "calls.jsonl", "Every call, calls.jsonl", links);
    links.addAll(pagesBelow(folder));
    Path gatling = new RunFiles(folder).gatling();
    return new FilesBeside(Files.isRegularFile(gatling.resolve(PAGE)), links);
  }

  private static void addIfThere(Path folder, String file, String text, List<Link> links) {
    if (Files.isRegularFile(folder.resolve(file))) {
      links.add(new Link(text, file));
    }
  }

  /** Pages of parts of the run, such as {@code clients/4/}, in the order of their numbers. */
  private static List<Link> pagesBelow(Path folder) throws IOException {
    List<Link> links = new ArrayList<>();
    for (Path label : foldersIn(folder)) {
      for (Path value : foldersIn(label)) {
        if (Files.isRegularFile(value.resolve(PAGE))) {
          String part = label.getFileName() + "/" + value.getFileName();
          links.add(new Link(part.replace('/', ' '), address(part) + "/" + PAGE));
        }
      }
    }
    return links.subList(0, Math.min(links.size(), MOST_PAGES));
  }

  private static List<Path> foldersIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory)
          .sorted(Comparator.comparing(FilesBeside::number).thenComparing(Path::getFileName))
          .toList();
    }
  }

  private static long number(Path part) {
    String name = part.getFileName().toString();
    return name.matches("\\d{1,9}") ? Long.parseLong(name) : Long.MAX_VALUE;
  }

  private static String address(String name) {
    try {
      return new URI(null, null, name, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no path: " + name, e);
    }
  }
}
