package dev.gatlingllm.run;

import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.health.ClientHealth;
import dev.gatlingllm.health.Trust;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.live.LiveProgress;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.telemetry.Telemetry;
import dev.gatlingllm.text.Count;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What a run records while it goes on: its calls, their ledger and progress, the client's health.
 * Safe for use by many threads, without a lock: each part has its own.
 */
final class RunRecords implements AutoCloseable {

  private final ClientHealth health = new ClientHealth();
  private final Ledger ledger = new Ledger();
  private final LongAdder lateEvents = new LongAdder();
  private final RunFiles files;
  private final RunClock clock;
  private final int connections;
  private final EarlyStop earlyStop;
  private final PrintStream console;
  private final RecordWriter writer;
  private final LiveProgress progress;
  private final Telemetry telemetry;
  private volatile Optional<HealthLog> healthLog = Optional.empty();
  private volatile Optional<ServerLog> serverLog = Optional.empty();
  private volatile Consumer<CallRecord> follower = call -> {};

  /** Makes the files of the calls and of the progress, which is printed on this ticker. */
  RunRecords(
      RunFiles files,
      LlmConfig config,
      RunClock clock,
      EarlyStop earlyStop,
      ScheduledExecutorService ticker,
      Telemetry telemetry,
      PrintStream console)
      throws IOException {
    this.files = files;
    this.clock = clock;
    this.connections = config.maxConnections();
    this.earlyStop = earlyStop;
    this.console = console;
    this.telemetry = telemetry;
    this.writer = new RecordWriter(files.calls());
    this.progress =
        new LiveProgress(
            files.progress(),
            config.progress(),
            clock,
            console,
            () -> healthLog.map(HealthLog::verdict));
    progress.printOn(ticker);
  }

  /** How the run stands, besides the files. */
  LiveProgress progress() {
    return progress;
  }

  void watchHealth(List<? extends Executor> loops) throws IOException {
    healthLog =
        Optional.of(new HealthLog(files.health(), health, loops, writer, clock, connections));
  }

  /** Begins to read the service's metrics at these addresses. */
  void watchServer(List<URI> addresses, LlmConfig config) throws IOException {
    ServerLog log =
        new ServerLog(
            files.serverMetrics(),
            addresses,
            config.serverMetrics(),
            Run.metricsClient(config)::read,
            clock,
            DaemonThread.named("llm-server-metrics"));
    serverLog = Optional.of(log);
    log.begin();
  }

  void watchAlso(List<? extends Executor> loops) {
    healthLog.ifPresent(log -> log.watchAlso(loops));
  }

  /** Whether what the client has measured so far is ground for a decision. */
  boolean clientIsTrusted() {
    return verdict().level() != Trust.INVALID;
  }

  /** The verdict on the client so far. */
  Verdict verdict() {
    return healthLog.map(HealthLog::verdict).orElseGet(() -> Verdict.unknown("not measured"));
  }

  void beginStretch() {
    healthLog.ifPresent(HealthLog::beginStretch);
  }

  boolean clientIsTrustedInStretch() {
    return healthLog.filter(log -> log.verdictOfStretch().level() == Trust.INVALID).isEmpty();
  }

  CallProbe probe(long heldNanos) {
    return new HealthProbe(health, heldNanos);
  }

  Ledger ledger() {
    return ledger;
  }

  RecordWriter writer() {
    return writer;
  }

  void started() {
    health.callBegan();
    telemetry.started();
    progress.started();
  }

  /** Enters a call that was sent: first into the ledger, last into the file. */
  void ended(CallRecord call, int late) {
    lateEvents.add(late);
    health.callEnded(late);
    ledger.ended(call);
    telemetry.ended(call);
    progress.ended(call);
    write(call);
  }

  void dropped(CallRecord call) {
    health.dropped();
    unsent(call);
  }

  void heldTooLong(CallRecord call) {
    health.heldTooLong();
    unsent(call);
  }

  void unsent(CallRecord call) {
    ledger.unsent();
    telemetry.unsent(call);
    progress.unsent(call);
    write(call);
  }

  private void write(CallRecord call) {
    writer.write(call);
    earlyStop.ended(call);
    follower.accept(call);
  }

  /** Hands each record from now on over to one more, besides the file. */
  void follow(Consumer<CallRecord> newFollower) {
    follower = newFollower;
  }

  /** Closes the files, which takes until the disk has what is queued; says what they lack. */
  @Override
  public void close() {
    writer.close();
    healthLog.ifPresent(HealthLog::close);
    serverLog.ifPresent(ServerLog::close);
    progress.close();
    if (writer.lost() > 0) {
      say(Count.was(writer.lost(), "record") + " not written: " + writer.failureText());
    }
    healthLog
        .flatMap(HealthLog::failure)
        .ifPresent(cause -> say("health.jsonl is cut short: " + cause));
    serverLog.map(ServerLog::problems).ifPresent(problems -> problems.forEach(this::say));
    if (lateEvents.sum() > 0) {
      say(Count.of(lateEvents.sum(), "event") + " came after the end of a call");
    }
  }

  private void say(String text) {
    console.println("[llm] " + text);
  }

  /** Closes the ledger, once the files are closed; what does not add up is a fault. */
  Accounting accounting(Faults faults) {
    Accounting sums =
        ledger.close(clock.clock().nanos(), writer.written(), writer.lost(), faults.all());
    sums.problems().forEach(faults::add);
    return sums;
  }
}
