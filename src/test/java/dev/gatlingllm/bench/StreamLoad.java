package dev.gatlingllm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Streams of 20 tok/s, one token in a chunk: as many calls a second are started as keep this many
 * streams open.
 *
 * @param path the client, a name of {@link StreamPath#of}
 * @param streams streams at once
 * @param callSeconds how long a call streams
 * @param settleSeconds pause between the opening of the last stream and the measured window
 * @param windowSeconds length of the measured window, after all streams are open
 */
record StreamLoad(String path, int streams, int callSeconds, int settleSeconds, int windowSeconds) {

  static final int LONG_CALL_SECONDS = 10;
  static final int LONG_CALL_TOKENS = 200;

  private static final int TOKENS_PER_SECOND = LONG_CALL_TOKENS / LONG_CALL_SECONDS;
  private static final int SHORT_CALL_SECONDS = 5;
  private static final int SHORT_WINDOW_SECONDS = 8;
  private static final int LONG_WINDOW_SECONDS = 20;
  private static final int WARM_UP_SECONDS = 12;

  private static final int MOST_COMPILER_SECONDS = 30;
  private static final int IDLE_COMPILER_MILLIS = 50;

  private static final int NEW_LOAD_SETTLE_SECONDS = 3;

  /**
   * What a load of this shape makes of the code that was compiled for another, is compiled again,
   * in the client and in the endpoint: for half a minute the compilers take a fifth of a processor
   * each.
   */
  private static final int SETTLE_SECONDS = 20;

  private static final int LONG_SETTLE_SECONDS = 30;

  /**
   * What was measured.
   *
   * @param cpuMicrosPerChunk processor time of the client in the window, per chunk, without that of
   *     its JIT compiler
   * @param compilerMicrosPerChunk that of its JIT compiler, which a longer run would see less of
   * @param chunksPerSecond chunks that the simulated endpoint sent in the window
   * @param error the client's error
   */
  record Result(
      double cpuMicrosPerChunk,
      double compilerMicrosPerChunk,
      double chunksPerSecond,
      ClientError error) {}

  /** Calls of 200 chunks, for what a chunk costs. */
  static StreamLoad settled(String path, int streams, int windowSeconds) {
    return new StreamLoad(path, streams, LONG_CALL_SECONDS, SETTLE_SECONDS, windowSeconds);
  }

  /** What a load of hours sees. */
  static StreamLoad steady(String path, int streams) {
    return new StreamLoad(
        path, streams, SHORT_CALL_SECONDS, LONG_SETTLE_SECONDS, LONG_WINDOW_SECONDS);
  }

  /** What the first seconds of a load see, in a client that is warm. */
  static StreamLoad firstSeconds(String path, int streams) {
    return new StreamLoad(
        path, streams, SHORT_CALL_SECONDS, NEW_LOAD_SETTLE_SECONDS, SHORT_WINDOW_SECONDS);
  }

  /** For what is asked often. */
  static StreamLoad brief(String path, int streams) {
    return new StreamLoad(path, streams, SHORT_CALL_SECONDS, SETTLE_SECONDS, SHORT_WINDOW_SECONDS);
  }

  /** The endpoint that the streams come from. */
  static SimulatorProcess simulator() throws IOException {
    return SimulatorProcess.start(
        "--ttft=200ms",
        "--tokensPerSecond=" + TOKENS_PER_SECOND,
        "--tokensPerChunk=1",
        "--interChunkJitter=0.2");
  }

  /** An endpoint to warm up with. */
  static SimulatorProcess quickSimulator() throws IOException {
    return SimulatorProcess.start(
        "--recordedCalls=0", "--ttft=2ms", "--tokensPerSecond=1000", "--tokensPerChunk=1");
  }

  Result run() throws IOException, InterruptedException {
    Path stamps = Files.createTempDirectory("benchmark").resolve("stamps.bin");
    try (SimulatorProcess quick = quickSimulator();
        SimulatorProcess simulator = simulator();
        ChildJvm client =
            ChildJvm.start(
                List.of("-Xmx2G"),
                StreamClient.class.getName(),
                arguments(stamps, quick, simulator))) {
      client.line();
      quick.close();
      awaitCompiler(client);
      WarmEndpoint.keep(simulator.uri()).close();
      client.order("start");
      TimeUnit.SECONDS.sleep(callSeconds + settleSeconds);
      CpuWindow window = CpuWindow.open(client);
      TimeUnit.SECONDS.sleep(windowSeconds);
      window.close();
      long from = window.fromNanos();
      long to = window.toNanos();
      client.order("stop");
      client.awaitEnd();
      Map<String, SimulatorProcess.Truth> truth = simulator.stop();
      long chunks = chunks(truth, from, to);
      return new Result(
          window.cpuNanos() / 1e3 / chunks,
          window.compilerNanos() / 1e3 / chunks,
          chunks / ((to - from) / 1e9),
          ClientError.of(CallStamps.read(stamps), truth, from, to));
    }
  }

  /** What the warm-up has shown to be worth compiling may still be waiting for it. */
  private static void awaitCompiler(ChildJvm client) throws IOException, InterruptedException {
    for (int second = 0; second < MOST_COMPILER_SECONDS; second++) {
      long before = client.compilerCpu().toMillis();
      TimeUnit.SECONDS.sleep(1);
      if (client.compilerCpu().toMillis() - before < IDLE_COMPILER_MILLIS) {
        return;
      }
    }
  }

  private List<String> arguments(Path stamps, SimulatorProcess quick, SimulatorProcess simulator) {
    return List.of(
        path,
        simulator.uri().toString(),
        String.format(Locale.ROOT, "%.3f", (double) streams / callSeconds),
        String.valueOf(TOKENS_PER_SECOND * callSeconds),
        stamps.toString(),
        quick.uri().toString(),
        String.valueOf(WARM_UP_SECONDS));
  }

  /** Chunks that were sent within a window. */
  static long chunks(Map<String, SimulatorProcess.Truth> truth, long from, long to) {
    long count = 0;
    for (SimulatorProcess.Truth call : truth.values()) {
      for (long nanos : call.chunkNanos()) {
        if (from <= nanos && nanos < to) {
          count++;
        }
      }
    }
    return count;
  }
}
