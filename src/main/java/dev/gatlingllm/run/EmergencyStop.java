package dev.gatlingllm.run;

import dev.gatlingllm.call.LlmCall;
import dev.gatlingllm.timing.NanoClock;

/**
 * Emergency stop of what cannot end by itself: a call past its time limits, calls whose ends are
 * stuck, a run whose records are lost, a JVM without memory.
 *
 * <p>{@link #check} runs on the watchdog's own thread, since event loops and timers may be stuck;
 * all else is safe for use by many threads. Takes no lock of the run. Once memory has run out it
 * allocates as little as it can: the load ends first, and words come last.
 */
final class EmergencyStop implements AutoCloseable {

  /** How long after a call's time limit its own timer may still end it. */
  private static final long OVERDUE_NANOS = 2_000_000_000L;

  /** Half a minute: space may come free, but calls whose records are lost cost money. */
  private static final int MOST_CHECKS_OF_FAILING_DISK = 60;

  /** How long the load has to end after the JVM ran out of memory, or ends are stuck. */
  private static final long LAST_WILL_NANOS = 5_000_000_000L;

  /** How long the process has to end after that, its report included. */
  private static final long HALT_NANOS = 120_000_000_000L;

  private final NanoClock clock;
  private final InFlight inFlight;
  private final Runnable stopInput;
  private final EarlyStop earlyStop;
  private final Ledger ledger;
  private final RecordWriter writer;
  private final Faults faults;
  private final Watchdog watchdog = new Watchdog(this::check, this::outOfMemory);
  private volatile Runnable endProcess = () -> {};
  private volatile Runnable haltProcess = () -> {};
  private volatile boolean endsAreStuck;

  // Confined to the watchdog's thread.
  private final StuckEnds stuckEnds = new StuckEnds();
  private int checksOfFailingDisk;

  /**
   * At rest until {@link #watch}.
   *
   * @param stopInput lets no call start and no answer be read any more; allocates nothing
   */
  EmergencyStop(
      NanoClock clock,
      InFlight inFlight,
      Runnable stopInput,
      EarlyStop earlyStop,
      Ledger ledger,
      RecordWriter writer,
      Faults faults) {
    this.clock = clock;
    this.inFlight = inFlight;
    this.stopInput = stopInput;
    this.earlyStop = earlyStop;
    this.ledger = ledger;
    this.writer = writer;
    this.faults = faults;
  }

  /** Starts the watchdog. */
  void watch() {
    watchdog.start();
  }

  /** See {@link Run#onLastWill}. */
  void endsProcessBy(Runnable newEndProcess, Runnable newHaltProcess) {
    endProcess = newEndProcess;
    haltProcess = newHaltProcess;
  }

  void check() {
    long now = clock.nanos();
    inFlight.endOverdue(OVERDUE_NANOS);
    giveUpStuckEnds(now);
    stopIfRecordsAreLost();
    if (faults.memoryIsOut()) {
      lastWill();
    }
  }

  /** Lets calls go on whose ends hang, and ends a run in which that does not help. */
  private void giveUpStuckEnds(long now) {
    if (stuckEnds.isSilent(ledger.recorded(), now)) {
      for (CallEnd end : inFlight.ends()) {
        if (end.endIfStuck(StuckEnds.PATIENCE_NANOS)) {
          stuckEnds.gaveUp(end, now);
        }
      }
    }
    if (stuckEnds.foundNow(now)) {
      endsAreStuck = true;
      faults.add(StuckEnds.FAULT);
      earlyStop.cut(StuckEnds.FAULT);
    }
    if (stuckEnds.foundBefore(now - LAST_WILL_NANOS)) {
      endProcess.run();
    }
  }

  private void stopIfRecordsAreLost() {
    checksOfFailingDisk = writer.failing() ? checksOfFailingDisk + 1 : 0;
    boolean losing = writer.lost() > 0 || checksOfFailingDisk >= MOST_CHECKS_OF_FAILING_DISK;
    if (losing && faults.recordsLost()) {
      earlyStop.cut("records cannot be written: " + writer.failureText());
    }
  }

  /**
   * Notes an error thrown by our code or a user's. After an {@link OutOfMemoryError} nothing in
   * this JVM can be relied on: the load ends, and the run fails with what it has.
   */
  void thrown(Throwable cause) {
    // The JVM throws the same error when it cannot start a thread, and says so in words only.
    if (cause instanceof OutOfMemoryError
        && !String.valueOf(cause.getMessage()).contains("thread")) {
      outOfMemory();
    }
  }

  /** Memory ran out; all but the first time without effect. */
  void outOfMemory() {
    if (faults.outOfMemory(clock.nanos())) {
      stopInput.run();
      watchdog.release();
      giveUpCalls();
      earlyStop.cut(Faults.OUT_OF_MEMORY);
    }
  }

  /** Ends whatever is still running some time after memory ran out. */
  private void lastWill() {
    haltIfLate();
    if (faults.memoryOutFor(clock.nanos()) >= LAST_WILL_NANOS) {
      endProcess.run();
    }
    giveUpCalls();
  }

  private void haltIfLate() {
    if (faults.memoryOutFor(clock.nanos()) >= HALT_NANOS) {
      haltProcess.run();
    }
  }

  /** One at a time: the memory that one call frees may be what the next needs to end. */
  private void giveUpCalls() {
    for (LlmCall call : inFlight.calls()) {
      haltIfLate();
      try {
        inFlight.abandon(call);
      } catch (OutOfMemoryError ignored) {
        // tried again at the next check
      }
    }
  }

  /** Stops the watchdog, unless the process may yet have to be ended: the engine may hang too. */
  @Override
  public void close() {
    if (!faults.memoryIsOut() && !endsAreStuck) {
      watchdog.close();
    }
  }
}
