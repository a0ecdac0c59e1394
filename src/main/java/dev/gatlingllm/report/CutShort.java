package dev.gatlingllm.report;

import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthSampleReader;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.text.Count;
import dev.gatlingllm.text.Figures;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is missing of a run that was killed, as far as what it left says.
 *
 * @param inFlight calls in flight when it was last seen, of which nothing is on record; absent
 *     without {@code health.jsonl}
 * @param seenSeconds how long it had gone on when it was last seen; absent likewise
 * @param plannedSeconds how long its load was to last; absent if that is not known
 * @param plannedCalls how many calls there were to be; absent if that is not known
 */
record CutShort(
    OptionalLong inFlight,
    OptionalDouble seenSeconds,
    OptionalDouble plannedSeconds,
    OptionalLong plannedCalls) {

  /** Reads it from the files of a run without an end; absent if the run has one. */
  static Optional<CutShort> of(RunFiles files, Optional<RunInfo> info) throws IOException {
    if (info.isEmpty() || info.get().end().isPresent()) {
      return Optional.empty();
    }
    Optional<PlannedLoad> load = info.get().preparation().load();
    Optional<HealthSample> last = last(files);
    return Optional.of(
        new CutShort(
            last.map(sample -> OptionalLong.of(sample.inFlight())).orElse(OptionalLong.empty()),
            last.map(sample -> OptionalDouble.of(sample.atNanos() / 1e9))
                .orElse(OptionalDouble.empty()),
            load.map(PlannedLoad::seconds).orElse(OptionalDouble.empty()),
            load.map(PlannedLoad::calls).orElse(OptionalLong.empty())));
  }

  private static Optional<HealthSample> last(RunFiles files) throws IOException {
    List<HealthSample> last = new ArrayList<>();
    try {
      HealthSampleReader.read(
          files.health(),
          sample -> {
            last.clear();
            last.add(sample);
          });
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
    return last.stream().findFirst();
  }

  /** Calls that were sent, and of which nobody knows how they ended. */
  long unknown() {
    return inFlight.orElse(0);
  }

  /** Such as {@code 14 calls were in flight, and 15 of 60 s of load are missing}. */
  String words() {
    List<String> parts = new ArrayList<>();
    inFlight.ifPresent(
        calls ->
            parts.add(Count.of(calls, "call") + (calls == 1 ? " was" : " were") + " in flight"));
    missing().ifPresent(parts::add);
    return parts.isEmpty()
        ? "calls are missing and its plan is unknown"
        : String.join(", and ", parts);
  }

  private Optional<String> missing() {
    if (plannedSeconds.isEmpty() || seenSeconds.isEmpty()) {
      return Optional.empty();
    }
    double planned = plannedSeconds.getAsDouble();
    long missing = Math.round(planned - seenSeconds.getAsDouble());
    return missing <= 0
        ? Optional.empty()
        : Optional.of(
            Figures.count(missing) + " of " + Figures.number(planned) + " s of load are missing");
  }
}
