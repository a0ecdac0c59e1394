package dev.gatlingllm.report.export;

import dev.gatlingllm.cost.Prices;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The folder of a run that is exported.
 *
 * @param files of the run
 * @param info what {@code run.json} says; empty if there is none: then no instant is known
 * @param selected which calls are exported
 * @param rule whether percentiles of few values are shown
 * @param prices it was priced with; empty if it was not
 */
record FinishedRun(
    RunFiles files,
    Optional<RunInfo> info,
    Predicate<CallRecord> selected,
    PercentileRule rule,
    Optional<Prices> prices) {

  /**
   * Opens a folder.
   *
   * @throws IllegalArgumentException if it is not that of a run
   * @throws dev.gatlingllm.record.RecordFormatException if its {@code run.json} cannot be read
   */
  static FinishedRun open(Path folder, Predicate<CallRecord> selected, PercentileRule rule)
      throws IOException {
    RunFiles files = new RunFiles(folder);
    if (!Files.isRegularFile(files.calls())) {
      throw new IllegalArgumentException(folder + " is not the folder of a run: no calls.jsonl");
    }
    Optional<Prices> prices =
        Files.isRegularFile(files.prices())
            ? Optional.of(Prices.read(files.prices()))
            : Optional.empty();
    try {
      return new FinishedRun(files, Optional.of(files.readInfo()), selected, rule, prices);
    } catch (NoSuchFileException missing) {
      return new FinishedRun(files, Optional.empty(), selected, rule, prices);
    }
  }

  /** The name of its folder. */
  String name() {
    return files.folder().toAbsolutePath().normalize().getFileName().toString();
  }

  String simulation() {
    return info.map(RunInfo::simulation).orElse("");
  }

  String description() {
    return info.map(RunInfo::description).orElse("");
  }

  /** The wall time of an instant of the run, to the microsecond; empty if it is unknown. */
  Optional<Instant> wallTime(long nanos) {
    return info.map(known -> known.start().plusNanos(nanos / 1000 * 1000));
  }

  /** Takes calls, such as one that writes them. */
  @FunctionalInterface
  interface Sink {
    void accept(CallRecord call) throws IOException;
  }

  /** Hands over the selected calls in the file's order. */
  void forEach(Sink calls) throws IOException {
    CallRecordReader.read(
        files.calls(),
        call -> {
          try {
            if (selected.test(call)) {
              calls.accept(call);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
