package dev.gatlingllm.report;

import dev.gatlingllm.command.Command;
import dev.gatlingllm.command.CommandLine;
import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deletes old runs. It says which and stops there, unless it is told {@code --yes}.
 *
 * <pre>{@code
 * mvn -q compile exec:java@clean-runs -Dexec.args="reports/runs --older-than 30d --keep 10"
 * mvn -q compile exec:java@clean-runs -Dexec.args="reports/runs --older-than 30d --keep 10 --yes"
 * }</pre>
 *
 * <p>A run is a folder directly within the one given that holds a {@code calls.jsonl}; nothing else
 * is touched. Both limits hold: it must be older, and not among the latest that are to be kept.
 */
public final class CleanUp {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax(
          "usage: CleanUp <folder of run folders> [--older-than <days>d] [--keep <runs>] [--yes],"
              + " with at least one of the limits",
          Set.of("--older-than", "--keep"),
          Set.of("--yes"));

  /** A run and when it started. */
  private record Run(Path folder, Instant start) {}

  private CleanUp() {}

  /** Exits with 0, or with 2 after one line that says what is wrong with the input. */
  public static void main(String[] arguments) {
    Command.exit(run(List.of(arguments), Clock.systemUTC(), Command.out(), Command.err()));
  }

  static int run(List<String> arguments, Clock clock, PrintStream out, PrintStream err) {
    return Command.run("CleanUp", err, () -> clean(SYNTAX.parse(arguments), clock, out));
  }

  private static int clean(CommandLine line, Clock clock, PrintStream console) throws IOException {
    if (line.operands().size() != 1) {
      throw SYNTAX.refused("expected one folder, got " + line.operands().size());
    }
    PrintStream out = Console.of(console);
    Optional<Long> days = number(line, "--older-than", "d");
    Optional<Long> keep = number(line, "--keep", "");
    if (days.isEmpty() && keep.isEmpty()) {
      throw SYNTAX.refused("no limit is given");
    }
    List<Run> latestFirst = runs(Path.of(line.operands().get(0)));
    Instant limit = clock.instant().minus(Duration.ofDays(days.orElse(0L)));
    List<Run> old =
        latestFirst.stream()
            .skip(keep.orElse(0L))
            .filter(run -> run.start().isBefore(limit))
            .toList();
    boolean yes = line.has("--yes");
    long bytes = 0;
    for (Run run : old) {
      List<Path> contents = contents(run.folder());
      long size = size(contents);
      bytes += size;
      out.println(
          (yes ? "deleted " : "would delete ") + run.folder() + " (" + megabytes(size) + ")");
      if (yes) {
        for (Path path : contents) {
          Files.delete(path);
        }
      }
    }
    out.println(
        old.size()
            + " of "
            + latestFirst.size()
            + " runs, "
            + megabytes(bytes)
            + (yes || old.isEmpty() ? "" : "; add --yes to delete them"));
    return 0;
  }

  private static Optional<Long> number(CommandLine line, String option, String unit) {
    Optional<String> text = line.value(option);
    if (text.isPresent() && !text.get().matches("\\d{1,6}" + unit)) {
      throw SYNTAX.refused(
          option
              + " must be a whole number"
              + (unit.isEmpty() ? "" : " and " + unit)
              + ", was \""
              + text.get()
              + "\"");
    }
    return text.map(given -> Long.valueOf(given.substring(0, given.length() - unit.length())));
  }

  private static List<Run> runs(Path parent) throws IOException {
    List<Run> runs = new ArrayList<>();
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : children.toList()) {
        RunFiles files = new RunFiles(child);
        if (Files.isRegularFile(files.calls()) && !Files.isSymbolicLink(child)) {
          runs.add(new Run(child, start(files)));
        }
      }
    }
    runs.sort(Comparator.comparing(Run::start).reversed().thenComparing(Run::folder));
    return runs;
  }

  private static Instant start(RunFiles files) throws IOException {
    try {
      return files.readInfo().start();
    } catch (NoSuchFileException | RecordFormatException unreadable) {
      return Files.getLastModifiedTime(files.calls()).toInstant();
    }
  }

  /** What is in a folder before the folder itself; a link is deleted, not what it leads to. */
  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static long size(List<Path> files) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  private static String megabytes(long bytes) {
    return Figures.number(Math.rint(bytes / 1e5) / 10) + " MB";
  }
}
