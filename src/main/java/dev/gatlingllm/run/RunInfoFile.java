package dev.gatlingllm.run;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.ClockOffset;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.LoadPlan;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.WarmUpResult;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code run.json} of one run, from its beginning to its assertions. What cannot be written later
 * is a fault of the run.
 *
 * <p>Safe for use by many threads: the lock of this is held while the file changes; what it says is
 * read without.
 */
final class RunInfoFile {

  private final RunFiles files;
  private final Faults faults;
  private final PrintStream console;

  // Written under the lock of this; volatile because they are also read without it.
  private volatile RunInfo info;
  private volatile boolean ended;

  /** Guarded by the lock of this. */
  private Supplier<Optional<MeasurementError>> measurementError = Optional::empty;

  /** Writes the file of a run that begins. */
  RunInfoFile(RunFiles files, RunInfo begun, Faults faults, PrintStream console)
      throws IOException {
    this.files = files;
    this.info = begun;
    this.faults = faults;
    this.console = console;
    files.writeInfo(begun);
  }

  /** As it stands in the file. */
  RunInfo info() {
    return info;
  }

  boolean hasEnded() {
    return ended;
  }

  /**
   * Adds what was done before the first call; of a further target what the first does not say.
   *
   * @param newMeasurementError asked now and at the end
   */
  synchronized void prepared(
      Optional<WarmUpResult> warmUp,
      Supplier<Optional<MeasurementError>> newMeasurementError,
      Optional<NetworkLatency> network,
      Optional<String> sizes) {
    Supplier<Optional<MeasurementError>> before = measurementError;
    measurementError = () -> worse(before.get(), newMeasurementError.get());
    RunInfo.Preparation first = info.preparation();
    write(
        info.withPreparation(
            new RunInfo.Preparation(
                first.warmUp().or(() -> warmUp),
                measurementError.get(),
                first.network().or(() -> network),
                first.sizes().or(() -> sizes),
                first.load())));
  }

  synchronized void clock(ClockOffset offset) {
    write(info.withTogether(new RunInfo.Together(info.together().share(), Optional.of(offset))));
  }

  synchronized void planned(PlannedLoad load) {
    write(info.withPreparation(info.preparation().withLoad(load)));
  }

  /** Of two targets, the one whose calls were measured worse says what the run is worth. */
  private static Optional<MeasurementError> worse(
      Optional<MeasurementError> first, Optional<MeasurementError> second) {
    return Stream.concat(first.stream(), second.stream())
        .max(Comparator.comparingLong(error -> error.ttft().p50Nanos().orElse(Long.MIN_VALUE)));
  }

  synchronized void limits(List<Limit> limits) {
    write(info.withLimits(limits));
  }

  synchronized void extension(Extension looks) {
    write(info.withExtension(looks));
  }

  /** Writes the planned rates over time, if there are others than stand in the file. */
  synchronized void plans(List<LoadPlan> plans) {
    if (!plans.isEmpty() && !ended && !info.plans().equals(Optional.of(plans))) {
      write(info.withPlans(plans));
    }
  }

  /** A further target, by its number: its settings stand under that of the first. */
  synchronized void joined(int number, String provider, Map<String, String> settings) {
    String prefix = "targets." + number + ".";
    Map<String, String> all = new TreeMap<>(info.configuration());
    all.put(prefix + "provider", provider);
    settings.forEach((key, value) -> all.put(prefix + key, value));
    write(info.withConfiguration(all));
  }

  synchronized void ended(Instant end, boolean interrupted, Supplier<Accounting> accounting) {
    RunInfo whole =
        info.ended(end, interrupted)
            .withMeasurementError(measurementError.get())
            .withAccounting(Optional.of(accounting.get()));
    ended = true;
    write(whole);
  }

  synchronized void crashed(String sentence) {
    write(info.crashed(sentence));
  }

  synchronized void addAssertions(List<AssertionResult> assertions) {
    if (!ended) {
      throw new IllegalStateException("the run goes on");
    }
    write(info.withAssertions(assertions));
  }

  private void write(RunInfo newInfo) {
    info = newInfo;
    try {
      files.writeInfo(newInfo);
    } catch (IOException e) {
      console.println("[llm] run.json cannot be written: " + e);
      faults.add("run.json could not be written: " + e.getClass().getSimpleName() + ".");
    }
  }
}
