package dev.gatlingllm.run;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.WarmUpResult;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
   * Adds what was done before the first call.
   *
   * @param newMeasurementError asked now and at the end
   */
  synchronized void prepared(
      Optional<WarmUpResult> warmUp,
      Supplier<Optional<MeasurementError>> newMeasurementError,
      Optional<NetworkLatency> network) {
    measurementError = newMeasurementError;
    write(info.withPreparation(new RunInfo.Preparation(warmUp, measurementError.get(), network)));
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
