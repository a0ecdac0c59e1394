package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.Startup;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.run.EngineReport;
import io.gatling.charts.stats.LogFileData;
import io.gatling.charts.stats.LogFileReader;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.stats.StatsEngine;
import io.gatling.javaapi.core.internal.Converters;
import io.gatling.shared.model.assertion.AssertionMessage;
import io.gatling.shared.model.assertion.AssertionResult.ResolutionError;
import io.gatling.shared.model.assertion.AssertionResult.Resolved;
import io.gatling.shared.model.assertion.AssertionValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the folder that Gatling wrote for this run, and asks Gatling's own code for the verdicts on
 * the assertions, which since 3.13.5 it prints but does not write.
 *
 * @param arguments those that Gatling was started with
 */
record GatlingResults(
    String simulation, StatsEngine stats, GatlingConfiguration configuration, String arguments) {

  /** How Gatling's error begins if no call is at the path of an assertion. */
  private static final String NO_CALL = "Could not find stats matching assertion path";

  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The folder may hold blanks; it ends where the next option begins. */
  private static final Pattern RESULTS_FOLDER =
      Pattern.compile("(?<=^| )-rf (.+?)(?= -[a-z]+( |$)|$)");

  GatlingResults(String simulation, StatsEngine stats, GatlingConfiguration configuration) {
    this(simulation, stats, configuration, argumentsOfProcess());
  }

  /** What Gatling left; nothing if it was cut short. */
  EngineReport read() {
    Optional<Path> folder = folder().filter(path -> Files.exists(path.resolve("index.html")));
    return folder
        .map(path -> new EngineReport(folder, assertions(path.resolve("simulation.log"))))
        .orElse(EngineReport.NONE);
  }

  private List<AssertionResult> assertions(Path log) {
    LogFileData data = new LogFileReader(log.toFile(), configuration).read();
    return Converters.toJavaList(new AssertionValidator(data).validateAssertions(data.assertions()))
        .stream()
        .filter(result -> !result.assertion().equals(DeclaredLimits.alwaysHolds().asScala()))
        .map(result -> translate(result, data))
        .toList();
  }

  private static AssertionResult translate(
      io.gatling.shared.model.assertion.AssertionResult result, LogFileData data) {
    String text = AssertionMessage.message(result.assertion());
    if (result instanceof Resolved resolved) {
      if (Unmeasured.is(resolved.assertion(), data)) {
        return new AssertionResult(text, false, EngineReport.UNMEASURED);
      }
      return new AssertionResult(text, resolved.success(), number(resolved.actualValue()));
    }
    String error = ((ResolutionError) result).error();
    return new AssertionResult(
        text,
        false,
        error.startsWith(NO_CALL)
            ? "nothing measured: no call counts for" + error.substring(NO_CALL.length())
            : error);
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value)
        .setScale(2, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  /** By the name that Gatling gave this run; another run of the same simulation may be newer. */
  private Optional<Path> folder() {
    Optional<String> id = GatlingRunId.of(stats);
    return id.isPresent()
        ? roots().stream()
            .map(root -> root.resolve(id.get()))
            .filter(Files::isDirectory)
            .findFirst()
        : newest();
  }

  private Optional<Path> newest() {
    String prefix =
        simulation.substring(simulation.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT) + "-";
    String earliest =
        prefix
            + RUN_ID.format(
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    List<Path> candidates = new ArrayList<>();
    for (Path root : roots()) {
      try (Stream<Path> children = Files.list(root)) {
        children.filter(path -> isThisRun(path, prefix, earliest)).forEach(candidates::add);
      } catch (IOException ignored) {
        // a root that does not exist has no folder of ours
      }
    }
    return candidates.stream().max(Comparator.comparing(path -> path.getFileName().toString()));
  }

  private static boolean isThisRun(Path path, String prefix, String earliest) {
    String name = path.getFileName().toString();
    return name.startsWith(prefix) && name.compareTo(earliest) >= 0;
  }

  /** Where Gatling was told to put results, then where it puts them by itself. */
  private List<Path> roots() {
    List<Path> roots = new ArrayList<>();
    Matcher option = RESULTS_FOLDER.matcher(arguments);
    if (option.find()) {
      roots.add(Path.of(option.group(1)));
    }
    roots.add(Path.of("target", "gatling"));
    roots.add(Path.of("results"));
    return roots;
  }

  /** Gatling's arguments: the Maven plugin hands them over in a resource, our command has them. */
  private static String argumentsOfProcess() {
    try (InputStream in =
        GatlingResults.class.getClassLoader().getResourceAsStream("META-INF/args.txt")) {
      if (in != null) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace('\n', ' ');
      }
    } catch (IOException e) {
      throw new UncheckedIOException("META-INF/args.txt cannot be read", e);
    }
    return System.getProperty(Startup.ARGUMENTS, System.getProperty("sun.java.command", ""));
  }
}
