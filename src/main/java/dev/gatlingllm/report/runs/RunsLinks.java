package dev.gatlingllm.report.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.report.PageLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a page of several runs leads.
 *
 * @param reports those of the runs that have one
 * @param comparisons of at least two of these runs, as far as they lie beside them
 */
record RunsLinks(List<Link> reports, List<Link> comparisons) {

  static final RunsLinks NONE = new RunsLinks(List.of(), List.of());

  private static final String COMPARISONS = "compared-";

  /** A link in print. */
  record Link(String text, String target) {}

  /** Copies the lists. */
  RunsLinks {
    reports = List.copyOf(reports);
    comparisons = List.copyOf(comparisons);
  }

  /** From a page in a folder. */
  static RunsLinks of(Path from, List<Path> runFolders) throws IOException {
    List<Path> runs = runFolders.stream().map(run -> run.toAbsolutePath().normalize()).toList();
    List<Link> reports = new ArrayList<>();
    for (Path run : runs) {
      PageLink.toReport(from, run)
          .ifPresent(target -> reports.add(new Link(run.getFileName().toString(), target)));
    }
    List<Link> comparisons = new ArrayList<>();
    for (Path parent :
        runs.stream().map(Path::getParent).filter(Objects::nonNull).distinct().toList()) {
      comparisons(from, parent, names(runs), comparisons);
    }
    return new RunsLinks(reports, comparisons);
  }

  private static Set<String> names(List<Path> runs) {
    Set<String> names = new HashSet<>();
    runs.forEach(run -> names.add(run.getFileName().toString()));
    return names;
  }

  private static void comparisons(Path from, Path parent, Set<String> names, List<Link> comparisons)
      throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child :
          children
              .filter(one -> one.getFileName().toString().startsWith(COMPARISONS))
              .sorted()
              .toList()) {
        List<String> compared = compared(child.resolve("comparison.json"));
        Optional<String> page = PageLink.to(from, child.resolve("comparison.html"));
        if (page.isPresent() && compared.stream().filter(names::contains).count() > 1) {
          comparisons.add(new Link(String.join(" · ", compared), page.get()));
        }
      }
    }
  }

  /** The names of the runs that a comparison is of; none if it cannot be read. */
  private static List<String> compared(Path json) throws IOException {
    if (!Files.isRegularFile(json)) {
      return List.of();
    }
    try {
      JsonNode root = VisibleJson.mapper().readTree(json.toFile());
      List<String> names = new ArrayList<>(root.path("runs").findValuesAsText("name"));
      if (names.isEmpty()) {
        // Before a comparison had more than two runs it had no list of them.
        names.add(root.path("first").asText());
        names.add(root.path("second").asText());
      }
      return names;
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }
}
