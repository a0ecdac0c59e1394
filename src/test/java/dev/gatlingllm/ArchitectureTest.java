package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the packages: which may know which. Arrows point one way. */
class ArchitectureTest {

  private static final Path MAIN = Path.of("src/main/java/dev/gatlingllm");
  private static final Path SIMULATIONS = Path.of("simulations");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.$]+)", Pattern.MULTILINE);

  /** Which of our packages each package may import, besides itself. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("arrival", Set.of()),
          Map.entry("log", Set.of()),
          Map.entry("provider.json", Set.of()),
          Map.entry("secret", Set.of()),
          Map.entry("simulator.wire", Set.of()),
          Map.entry("text", Set.of()),
          Map.entry("timing", Set.of()),
          Map.entry("provider", Set.of("text", "timing")),
          Map.entry("provider.connection", Set.of("timing")),
          Map.entry("record", Set.of("text", "timing")),
          Map.entry("simulator", Set.of("simulator.wire", "timing")),
          Map.entry("table", Set.of("text")),
          Map.entry("call", Set.of("provider", "record", "timing")),
          Map.entry("forge", Set.of("provider")),
          Map.entry("hook", Set.of("provider", "record")),
          Map.entry("input", Set.of("provider", "table", "text")),
          Map.entry("provider.transport", Set.of("provider", "provider.connection", "timing")),
          Map.entry("scrape", Set.of("record")),
          Map.entry("report.server", Set.of("record", "scrape", "table", "text")),
          Map.entry("stats", Set.of("record")),
          Map.entry("size", Set.of("input", "record", "text")),
          Map.entry(
              "calibration",
              Set.of(
                  "arrival",
                  "call",
                  "input",
                  "provider",
                  "record",
                  "simulator",
                  "size",
                  "stats",
                  "text",
                  "timing")),
          Map.entry("together", Set.of("config", "record", "text", "timing")),
          Map.entry("capacity", Set.of("decision", "stats")),
          Map.entry("cost", Set.of("record", "stats", "text")),
          Map.entry("health", Set.of("record", "stats", "timing")),
          Map.entry("prompt", Set.of("input", "provider", "text")),
          Map.entry(
              "provider.anthropic", Set.of("provider", "provider.json", "provider.transport")),
          Map.entry("provider.app", Set.of("provider", "provider.transport")),
          Map.entry("provider.aws", Set.of("provider", "provider.transport")),
          Map.entry("provider.chat", Set.of("provider", "provider.json", "provider.transport")),
          Map.entry("report.latency", Set.of("record", "stats", "table", "text")),
          Map.entry(
              "config",
              Set.of(
                  "arrival",
                  "call",
                  "input",
                  "prompt",
                  "provider",
                  "record",
                  "scrape",
                  "simulator",
                  "size",
                  "text")),
          Map.entry("decision", Set.of("health", "record", "stats", "text")),
          Map.entry("provider.azure", Set.of("provider", "provider.chat", "provider.transport")),
          Map.entry("provider.bedrock.body", Set.of("provider", "provider.anthropic", "text")),
          Map.entry("provider.openai", Set.of("provider", "provider.chat", "provider.transport")),
          Map.entry("gatling.call", Set.of("config", "provider", "provider.app", "record")),
          Map.entry("live", Set.of("config", "health", "record", "stats", "text", "timing")),
          Map.entry(
              "provider.bedrock",
              Set.of(
                  "provider",
                  "provider.aws",
                  "provider.bedrock.body",
                  "provider.connection",
                  "provider.json",
                  "timing")),
          Map.entry(
              "report",
              Set.of(
                  "cost",
                  "decision",
                  "health",
                  "record",
                  "report.server",
                  "scrape",
                  "stats",
                  "table",
                  "text")),
          Map.entry(
              "report.compare",
              Set.of("decision", "health", "record", "report", "stats", "table", "text")),
          Map.entry(
              "report.job",
              Set.of(
                  "cost",
                  "decision",
                  "record",
                  "report",
                  "report.compare",
                  "stats",
                  "text",
                  "timing")),
          Map.entry("report.live", Set.of("config", "record", "report", "timing")),
          Map.entry("report.export", Set.of("cost", "health", "record", "report", "stats", "text")),
          Map.entry("report.runs", Set.of("record", "report", "stats", "table", "text")),
          Map.entry("telemetry", Set.of("config", "provider", "record", "stats", "text", "timing")),
          Map.entry(
              "target",
              Set.of(
                  "config",
                  "provider",
                  "provider.anthropic",
                  "provider.aws",
                  "provider.azure",
                  "provider.bedrock",
                  "provider.bedrock.body",
                  "provider.chat",
                  "provider.openai",
                  "provider.transport",
                  "simulator",
                  "text",
                  "timing")),
          Map.entry(
              "cli",
              Set.of(
                  "arrival",
                  "config",
                  "cost",
                  "decision",
                  "forge",
                  "input",
                  "prompt",
                  "provider",
                  "record",
                  "report",
                  "report.compare",
                  "report.export",
                  "report.job",
                  "report.latency",
                  "report.runs",
                  "simulator",
                  "stats",
                  "text",
                  "timing",
                  "together")),
          Map.entry(
              "run",
              Set.of(
                  "call",
                  "config",
                  "cost",
                  "decision",
                  "health",
                  "hook",
                  "live",
                  "prompt",
                  "provider",
                  "record",
                  "report",
                  "report.compare",
                  "report.latency",
                  "report.live",
                  "scrape",
                  "stats",
                  "telemetry",
                  "text",
                  "timing",
                  "together")),
          Map.entry(
              "gatling.engine",
              Set.of(
                  "arrival",
                  "call",
                  "config",
                  "gatling.call",
                  "health",
                  "hook",
                  "live",
                  "log",
                  "prompt",
                  "provider",
                  "provider.app",
                  "provider.connection",
                  "provider.transport",
                  "record",
                  "report.live",
                  "run",
                  "stats",
                  "text",
                  "timing",
                  "together")),
          Map.entry(
              "gatling",
              Set.of(
                  "arrival",
                  "calibration",
                  "config",
                  "cost",
                  "gatling.call",
                  "gatling.engine",
                  "health",
                  "hook",
                  "input",
                  "live",
                  "log",
                  "prompt",
                  "provider",
                  "record",
                  "run",
                  "scrape",
                  "simulator",
                  "size",
                  "stats",
                  "target",
                  "text",
                  "timing")),
          Map.entry(
              "",
              Set.of(
                  "arrival",
                  "calibration",
                  "cli",
                  "config",
                  "experiment",
                  "experiment.ab",
                  "experiment.batch",
                  "experiment.bedrock",
                  "experiment.capacity",
                  "experiment.conversation",
                  "experiment.heatmap",
                  "experiment.latency",
                  "experiment.payload",
                  "experiment.rag",
                  "experiment.replay",
                  "experiment.sweep",
                  "gatling",
                  "gatling.call",
                  "gatling.engine",
                  "log",
                  "prompt",
                  "provider",
                  "provider.app",
                  "run",
                  "size",
                  "stats",
                  "target")),
          Map.entry("experiment", Set.of("calibration", "config", "gatling")),
          Map.entry(
              "experiment.ab",
              Set.of("calibration", "config", "decision", "experiment", "gatling", "size")),
          Map.entry(
              "experiment.batch",
              Set.of(
                  "calibration",
                  "config",
                  "experiment",
                  "gatling",
                  "gatling.call",
                  "input",
                  "prompt",
                  "record",
                  "text",
                  "timing")),
          Map.entry(
              "experiment.bedrock",
              Set.of(
                  "calibration", "config", "experiment", "gatling", "input", "provider", "text")),
          Map.entry(
              "experiment.capacity",
              Set.of(
                  "arrival",
                  "calibration",
                  "capacity",
                  "config",
                  "decision",
                  "experiment",
                  "gatling",
                  "gatling.engine",
                  "live",
                  "record",
                  "report",
                  "run",
                  "size",
                  "stats",
                  "text")),
          Map.entry(
              "experiment.conversation",
              Set.of(
                  "calibration",
                  "config",
                  "experiment",
                  "gatling",
                  "gatling.call",
                  "input",
                  "prompt",
                  "provider",
                  "record")),
          Map.entry(
              "experiment.heatmap",
              Set.of("calibration", "config", "experiment", "gatling", "input")),
          Map.entry(
              "experiment.latency",
              Set.of("calibration", "config", "experiment", "gatling", "prompt", "target")),
          Map.entry(
              "experiment.payload",
              Set.of(
                  "calibration",
                  "config",
                  "experiment",
                  "gatling",
                  "input",
                  "prompt",
                  "provider",
                  "text")),
          Map.entry(
              "experiment.rag",
              Set.of(
                  "calibration",
                  "config",
                  "experiment",
                  "gatling",
                  "gatling.call",
                  "gatling.engine",
                  "input",
                  "provider",
                  "provider.app",
                  "record",
                  "stats",
                  "target",
                  "text",
                  "timing")),
          Map.entry(
              "experiment.replay",
              Set.of("arrival", "calibration", "config", "experiment", "gatling", "input", "text")),
          Map.entry(
              "experiment.sweep",
              Set.of(
                  "calibration",
                  "config",
                  "experiment",
                  "gatling",
                  "input",
                  "size",
                  "stats",
                  "text")));

  /** Which package may import a library; everybody else may not. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          Map.entry("io.burt.jmespath.", Set.of("provider.app", "provider.bedrock.body")),
          Map.entry("com.azure.", Set.of("provider.azure")),
          Map.entry("com.openai.", Set.of("provider.openai")),
          Map.entry("software.amazon.", Set.of("provider.aws", "provider.bedrock")),
          Map.entry("com.networknt.", Set.of("gatling.call")),
          Map.entry("com.knuddels.jtokkit.", Set.of("prompt", "simulator.wire")),
          Map.entry("io.pebbletemplates.", Set.of("report")),
          Map.entry("org.apache.commons.math3.", Set.of("decision", "size", "stats")),
          Map.entry("com.typesafe.config.", Set.of("config", "cost", "decision")),
          Map.entry("com.fasterxml.jackson.dataformat.", Set.of("table")),
          Map.entry("picocli.", Set.of("cli")),
          Map.entry("io.opentelemetry.", Set.of("telemetry")),
          Map.entry("ch.qos.logback.", Set.of("log")),
          Map.entry("scala.", Set.of("gatling.engine")),
          Map.entry(
              "io.gatling.",
              Set.of("", "cli", "experiment", "gatling", "gatling.call", "gatling.engine")),
          Map.entry("com.typesafe.scalalogging.", Set.of("gatling.engine")));

  @Test
  void arrowsBetweenPackagesPointOneWay() {
    TreeSet<String> wrong = new TreeSet<>();
    forEachImport(
        MAIN,
        (from, imported) -> {
          if (imported.startsWith("dev.gatlingllm.") && ARROWS.containsKey(from)) {
            String to = packageOf(imported.substring("dev.gatlingllm.".length()));
            // What is written is scrubbed wherever it is written.
            if (!to.equals(from) && !to.equals("secret") && !ARROWS.get(from).contains(to)) {
              wrong.add(from + " -> " + to);
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void noArrowLeadsBackToWhereItCameFrom() {
    TreeSet<String> onACircle = new TreeSet<>();
    for (String from : ARROWS.keySet()) {
      if (reachable(from, new TreeSet<>()).contains(from)) {
        onACircle.add(from);
      }
    }
    assertThat(onACircle).isEmpty();
  }

  private static Set<String> reachable(String from, Set<String> seen) {
    ARROWS.get(from).stream().filter(seen::add).forEach(to -> reachable(to, seen));
    return seen;
  }

  @Test
  void noTwoPackagesHaveAClassOfTheSameName() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".java") && !name.equals("package-info.java")))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void noExperimentKnowsAnother() {
    assertThat(ARROWS)
        .allSatisfy(
            (from, to) -> {
              if (from.startsWith("experiment.")) {
                assertThat(to).noneMatch(other -> other.startsWith("experiment."));
              }
            });
  }

  @Test
  void everyPackageIsOnTheMap() {
    TreeSet<String> packages = new TreeSet<>();
    forEachImport(MAIN, (from, imported) -> packages.add(from));
    packages.removeAll(ARROWS.keySet());
    assertThat(packages).isEmpty();
  }

  @Test
  void eachLibraryIsImportedWhereItBelongsOnly() {
    TreeSet<String> wrong = new TreeSet<>();
    forEachImport(
        MAIN,
        (from, imported) ->
            LIBRARIES.forEach(
                (library, allowed) -> {
                  if (imported.startsWith(library) && !allowed.contains(room(from))) {
                    wrong.add(from + " -> " + library);
                  }
                }));
    assertThat(wrong).isEmpty();
  }

  /** All experiments may use the same libraries. */
  private static String room(String from) {
    return from.startsWith("experiment.") ? "experiment" : from;
  }

  @Test
  void theLowestFloorsUseTheJdkAlone() {
    TreeSet<String> foreign = new TreeSet<>();
    forEachImport(
        MAIN,
        (from, imported) -> {
          if (Set.of("arrival", "secret", "text", "timing").contains(from)
              && !imported.startsWith("java.")) {
            foreign.add(imported);
          }
        });
    assertThat(foreign).isEmpty();
  }

  @Test
  void simulationsKnowNothingOfThisProjectButItsDsl() {
    Pattern ours = Pattern.compile("\\bdev\\.gatlingllm\\.(?!LlmDsl\\b)[\\w.$]+");
    TreeSet<String> wrong = new TreeSet<>();
    for (Path file : javaFiles(SIMULATIONS)) {
      ours.matcher(text(file))
          .results()
          .forEach(found -> wrong.add(file.getFileName() + " -> " + found.group()));
    }
    assertThat(wrong).isEmpty();
    assertThat(javaFiles(SIMULATIONS))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(text(file)).contains("dev.gatlingllm.LlmDsl."));
  }

  @Test
  void simulationsNameNoVendorAndNoEngine() {
    TreeSet<String> wrong = new TreeSet<>();
    forEachImport(
        SIMULATIONS,
        (from, imported) -> {
          if (imported.startsWith("com.azure.")
              || imported.startsWith("com.openai.")
              || imported.startsWith("software.amazon.")
              || imported.startsWith("scala.")) {
            wrong.add(imported);
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void aSimulationFitsOnOneScreen() throws IOException {
    for (Path file : javaFiles(SIMULATIONS)) {
      try (Stream<String> lines = Files.lines(file)) {
        assertThat(lines.filter(line -> !line.startsWith("import")).count())
            .as(file.toString())
            .isLessThan(60);
      }
    }
  }

  @Test
  void nobodyReadsTheClockButTheClock() {
    Pattern reading = Pattern.compile("System\\.(nanoTime|currentTimeMillis)|System::nanoTime");
    List<String> readers =
        javaFiles(MAIN).stream()
            .filter(file -> reading.matcher(text(file)).find())
            .map(file -> file.getFileName().toString())
            .toList();
    assertThat(readers).containsExactly("NanoClock.java");
  }

  private interface ImportVisitor {
    void visit(String fromPackage, String imported);
  }

  private static void forEachImport(Path root, ImportVisitor visitor) {
    for (Path file : javaFiles(root)) {
      String from = root.relativize(file.getParent()).toString().replace('/', '.');
      Matcher matcher = IMPORT.matcher(text(file));
      while (matcher.find()) {
        visitor.visit(from, matcher.group(1));
      }
    }
  }

  /** {@code provider.chat.ChatBody} is in {@code provider.chat}. */
  private static String packageOf(String qualifiedName) {
    return Pattern.compile("\\.")
        .splitAsStream(qualifiedName)
        .takeWhile(part -> !Character.isUpperCase(part.charAt(0)))
        .collect(Collectors.joining("."));
  }

  private static List<Path> javaFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
