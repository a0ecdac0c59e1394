package dev.gatlingllm.report;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Writes the folder of a run as large as asked for, the same at every time: what the report is
 * measured with.
 *
 * <pre>{@code
 * mvn -q process-test-classes exec:java@big-run -Dexec.args="FOLDER CALLS"
 * }</pre>
 */
public final class BigRun {

  private static final long SEED = 20_260_302;

  private BigRun() {}

  /** Writes the folder; the arguments are its path and the number of calls. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          "expected a folder and a number of calls, got " + arguments.length + " arguments");
    }
    Path folder = Path.of(arguments[0]);
    write(folder, Long.parseLong(arguments[1]));
    long bytes = Files.size(new RunFiles(folder).calls());
    System.out.println(folder + ": " + arguments[1] + " calls, " + bytes + " bytes");
  }

  static Path write(Path folder, long calls) throws IOException {
    Files.createDirectories(folder);
    long lastNanos = writeCalls(new RunFiles(folder).calls(), SEED, calls);
    new RunFiles(folder).writeInfo(info(SEED, lastNanos, Map.of()));
    return folder;
  }

  /** Writes the calls alone, and returns when the last of them ended. */
  static long writeCalls(Path file, long seed, long calls) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      return write(new BigRunCalls(seed, calls), calls, out);
    }
  }

  /** In the order in which a run writes them: as they end. */
  private static long write(BigRunCalls drawn, long calls, OutputStream out) throws IOException {
    PriorityQueue<CallRecord> inFlight =
        new PriorityQueue<>(Comparator.comparingLong(call -> call.times().end()));
    for (long id = 0; id < calls; id++) {
      CallRecord call = drawn.next();
      while (!inFlight.isEmpty() && inFlight.peek().times().end() <= call.times().arrival()) {
        CallRecordCodec.write(inFlight.poll(), out);
      }
      inFlight.add(call);
    }
    long lastNanos = 0;
    while (!inFlight.isEmpty()) {
      CallRecord call = inFlight.poll();
      lastNanos = call.times().end();
      CallRecordCodec.write(call, out);
    }
    return lastNanos;
  }

  /** What {@code run.json} says, with these settings beside the limits of a good call. */
  static RunInfo info(long seed, long lastNanos, Map<String, String> more) {
    Instant start = Instant.parse("2026-03-02T09:30:00Z");
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("llm.slo.call.ttft", "900ms");
    settings.put("llm.slo.call.tpot", "25 ms");
    return RunInfo.begun(
            "big.BigRunSimulation",
            Outcome.values().length + " outcomes",
            start,
            new RunInfo.Setup(seed, "", settings, Map.of("jdk", "17"), Map.of("cores", "2")))
        .ended(start.plus(Duration.ofNanos(lastNanos)), false);
  }
}
