package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyStopTest {

  private static final CallRecord CALL = CallFixture.call().record();

  /** A disk on which there is no space until there is. */
  private static final class Disk implements LineFile {
    private volatile boolean full = true;

    @Override
    public void append(byte[] lines) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public boolean inPlace() {
      return true;
    }

    @Override
    public void close() {}
  }

  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream console = new PrintStream(printed, true, UTF_8);
  private final InFlight inFlight = new InFlight(now::get, Runnable::run);
  private final EarlyStop earlyStop = new EarlyStop(List.of(), console);
  private final Ledger ledger = new Ledger();
  private final Faults faults = new Faults();
  private final Disk disk = new Disk();
  private final RecordWriter writer = new RecordWriter(disk, 1);
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private final EmergencyStop stop =
      new EmergencyStop(
          now::get, inFlight, () -> steps.add("input"), earlyStop, ledger, writer, faults);

  @BeforeEach
  void begin() {
    earlyStop.endsLoadBy(() -> steps.add("load"));
    stop.endsProcessBy(() -> steps.add("process"), () -> steps.add("halt"));
  }

  @AfterEach
  void end() {
    disk.full = false;
    writer.close();
  }

  private PlayedCall call() {
    return new PlayedCall(
        now::get,
        played -> inFlight.add(played.call, played, () -> {}),
        (call, outcome) -> {
          outcomes.add(outcome);
          ledger.ended(CALL);
          inFlight.remove(call);
        });
  }

  private void checkAfter(Duration duration) {
    now.addAndGet(duration.toNanos());
    stop.check();
  }

  private String console() {
    return printed.toString(UTF_8);
  }

  @Test
  void aCallWhoseOwnTimerDoesNotEndItIsEndedFromOutside() {
    PlayedCall unused = call();
    checkAfter(Duration.ofSeconds(61));
    assertThat(outcomes).isEmpty();
    checkAfter(Duration.ofSeconds(1));
    assertThat(outcomes).containsExactly(Outcome.TIMED_OUT);
    assertThat(faults.all()).isEmpty();
  }

  @Test
  void aRunWhoseUsersCannotGoOnEndsItsLoadAndThenItsProcess() {
    PlayedCall stuck = call();
    stuck.hang();
    stop.check();
    checkAfter(Duration.ofNanos(StuckEnds.PATIENCE_NANOS));
    assertThat(stuck.givenUp()).isTrue();
    assertThat(steps).isEmpty();
    checkAfter(Duration.ofNanos(StuckEnds.PATIENCE_NANOS));
    assertThat(steps).containsExactly("load");
    assertThat(faults.all()).containsExactly(StuckEnds.FAULT);
    assertThat(console()).isEqualToIgnoringNewLines("[llm] stopping the run: " + StuckEnds.FAULT);
    checkAfter(Duration.ofSeconds(5));
    assertThat(steps).containsExactly("load", "process");
  }

  @Test
  void callsAreNotStuckWhileOthersAreRecorded() {
    PlayedCall slow = call();
    slow.hang();
    stop.check();
    for (int i = 0; i < 3; i++) {
      ledger.unsent();
      checkAfter(Duration.ofNanos(StuckEnds.PATIENCE_NANOS - 1));
    }
    assertThat(slow.givenUp()).isFalse();
  }

  @Test
  void aDiskThatFailsForHalfAMinuteEndsTheLoadOnce() {
    writer.write(CALL);
    RunFixture.await(writer::failing);
    for (int check = 1; check < 60; check++) {
      stop.check();
    }
    assertThat(steps).isEmpty();
    stop.check();
    stop.check();
    assertThat(steps).containsExactly("load");
    assertThat(console())
        .isEqualToIgnoringNewLines(
            "[llm] stopping the run: records cannot be written: java.io.IOException: No space left"
                + " on device");
  }

  @Test
  void spaceThatComesFreeInTimeIsNoReasonToStop() {
    writer.write(CALL);
    RunFixture.await(writer::failing);
    for (int check = 1; check < 60; check++) {
      stop.check();
    }
    disk.full = false;
    RunFixture.await(() -> !writer.failing());
    stop.check();
    disk.full = true;
    writer.write(CALL);
    RunFixture.await(writer::failing);
    stop.check();
    assertThat(steps).isEmpty();
  }

  @Test
  void recordsThatAreLostEndTheLoadAtOnce(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("calls.jsonl");
    try (RecordWriter removed = new RecordWriter(file)) {
      EmergencyStop losing =
          new EmergencyStop(now::get, inFlight, () -> {}, earlyStop, ledger, removed, faults);
      Files.delete(file);
      removed.write(CALL);
      RunFixture.await(() -> removed.lost() > 0);
      losing.check();
    }
    assertThat(steps).containsExactly("load");
  }

  @Test
  void memoryThatRanOutEndsCallsAndLoadThenTheProcessAndHaltsItAtLast() {
    PlayedCall call = call();
    stop.thrown(new OutOfMemoryError("Java heap space"));
    assertThat(outcomes).containsExactly(Outcome.UNFINISHED);
    assertThat(call.cancelled()).isTrue();
    assertThat(steps).containsExactly("input", "load");
    assertThat(faults.all()).containsExactly(Faults.OUT_OF_MEMORY);
    assertThat(console())
        .isEqualToIgnoringNewLines("[llm] stopping the run: " + Faults.OUT_OF_MEMORY);

    stop.outOfMemory();
    checkAfter(Duration.ofMillis(4_999));
    assertThat(steps).containsExactly("input", "load");
    checkAfter(Duration.ofMillis(1));
    assertThat(steps).containsExactly("input", "load", "process");
    checkAfter(Duration.ofSeconds(115));
    assertThat(steps).containsExactly("input", "load", "process", "halt", "process");
  }

  @Test
  void callsThatBeginAfterMemoryRanOutAreGivenUpToo() {
    stop.outOfMemory();
    PlayedCall unused = call();
    stop.check();
    assertThat(outcomes).containsExactly(Outcome.UNFINISHED);
  }

  @Test
  void aThreadThatCannotBeStartedIsNotMemoryThatRanOut() {
    stop.thrown(new OutOfMemoryError("unable to create native thread"));
    stop.thrown(new IllegalStateException("anything else"));
    assertThat(steps).isEmpty();
    assertThat(faults.all()).isEmpty();
  }
}
