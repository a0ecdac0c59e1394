package dev.gatlingllm.cli;

import dev.gatlingllm.record.RecordFormatException;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.text.Figures;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * Deletes old runs.
 *
 * <p>A run is a folder directly within the one given that holds a {@code calls.jsonl}; nothing else
 * is touched.
 */
@Command(
    name = "clean-runs",
    description =
        "Says which old runs it would delete, and deletes them with --yes. With both limits, a run"
            + " must be older, and not among the latest that are kept.")
final class CleanRunsCommand implements Callable<Integer> {

  private final Clock clock;
  private final PrintStream out;

  @Parameters(paramLabel = "FOLDER", description = "Folder of run folders.")
  private Path parent;

  @Option(
      names = "--older-than",
      paramLabel = "DAYSd",
      converter = Days.class,
      description = "Delete runs that are older than that, such as 30d.")
  private Optional<Integer> days = Optional.empty();

  @Option(
      names = "--keep",
      paramLabel = "RUNS",
      description = "Keep the latest, however old they are.")
  private Optional<Integer> keep = Optional.empty();

  @Option(names = "--yes", description = "Delete them.")
  private boolean yes;

  /** A run and when it started. */
  private record Run(Path folder, Instant start) {}

  CleanRunsCommand(Clock clock, PrintStream out) {
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    if (days.isEmpty() && keep.isEmpty()) {
      throw new IllegalArgumentException("no limit is given: name --older-than, --keep or both");
    }
    List<Run> latestFirst = runs(parent);
    Instant limit = clock.instant().minus(Duration.ofDays(days.orElse(0)));
    List<Run> old =
        latestFirst.stream()
            .skip(keep.orElse(0))
            .filter(run -> run.start().isBefore(limit))
            .toList();
    long bytes = 0;
    for (Run run : old) {
      bytes += clean(run.folder());
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

  /** The bytes that it held. */
  private long clean(Path folder) throws IOException {
    List<Path> contents = contents(folder);
    long bytes = size(contents);
    out.println((yes ? "deleted " : "would delete ") + folder + " (" + megabytes(bytes) + ")");
    if (yes) {
      for (Path path : contents) {
        Files.delete(path);
      }
    }
    return bytes;
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

  /** Reads {@code 30d}. */
  private static final class Days implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[0-9]{1,6}d")) {
        throw new TypeConversionException("must be a whole number and d, was \"" + text + '"');
      }
      return Integer.valueOf(text.substring(0, text.length() - 1));
    }
  }
}
