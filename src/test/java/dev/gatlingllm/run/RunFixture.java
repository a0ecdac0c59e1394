package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.timing.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A run whose clock the test moves, and calls that end when the test says so. */
final class RunFixture implements AutoCloseable {

  final Run run;
  final PrintStream console;
  private final AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  RunFixture(Path parent, String... settings) {
    console = new PrintStream(printed, true, UTF_8);
    run = Run.begin(settings(parent, settings), "example.Played", nanos::get, console);
  }

  static LlmConfig settings(Path parent, String... settings) {
    Properties properties = new Properties();
    properties.setProperty("llm.record.folder", parent.toString());
    properties.setProperty("llm.console.progress", "0 s");
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      properties.setProperty(pair[0], pair[1]);
    }
    return LlmConfig.read(properties);
  }

  void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  String console() {
    return printed.toString(UTF_8);
  }

  /** A call in flight. When it ends, its record says so to the run. */
  PlayedCall call() {
    return new PlayedCall(
        nanos::get,
        played -> {
          run.started(played.call, played, run.ledger().open());
        },
        (call, outcome) -> {
          String error = outcome == Outcome.SUCCEEDED ? "" : "error";
          run.ended(call, CallFixture.call().id(run.nextCallId()).ended(outcome, error).record());
        });
  }

  RunInfo info() {
    try {
      return new RunFiles(run.folder()).readInfo();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<CallRecord> records() {
    List<CallRecord> records = new ArrayList<>();
    try {
      CallRecordReader.read(new RunFiles(run.folder()).calls(), records::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  /** Waits for another thread of the run. */
  static void await(BooleanSupplier condition) {
    long end = NanoClock.SYSTEM.nanos() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (NanoClock.SYSTEM.nanos() > end) {
        throw new AssertionError("it did not happen in a minute");
      }
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    run.close(false);
  }
}
