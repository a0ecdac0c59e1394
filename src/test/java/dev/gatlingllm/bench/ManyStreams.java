package dev.gatlingllm.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Very many slow streams at once: two chunks a second each.
 *
 * @param path the client, a name of {@link StreamPath#of}
 * @param streams how many are opened
 */
record ManyStreams(String path, int streams) {

  private static final int OPENED_PER_SECOND = 400;
  private static final int TOKENS_PER_SECOND = 2;

  /**
   * What was seen.
   *
   * @param open streams that were open when the memory was read
   * @param bytesPerStream memory beyond that of the idle client, per open stream
   * @param lost calls that did not get all of their chunks
   */
  record Result(int open, double bytesPerStream, long lost) {}

  Result run() throws IOException, InterruptedException {
    int openingSeconds = streams / OPENED_PER_SECOND + 1;
    int tokens = TOKENS_PER_SECOND * (openingSeconds + 10);
    Path stamps = Files.createTempDirectory("benchmark").resolve("stamps.bin");
    try (SimulatorProcess quick = StreamLoad.quickSimulator();
        SimulatorProcess simulator =
            SimulatorProcess.start(
                "--ttft=200ms", "--tokensPerSecond=" + TOKENS_PER_SECOND, "--tokensPerChunk=1");
        ChildJvm client =
            ChildJvm.start(
                List.of("-Xmx2G"),
                StreamClient.class.getName(),
                List.of(
                    path,
                    simulator.uri().toString(),
                    String.valueOf(OPENED_PER_SECOND),
                    String.valueOf(tokens),
                    stamps.toString(),
                    quick.uri().toString(),
                    "5"))) {
      client.line();
      quick.close();
      double idleBytes = memory(client)[0];
      client.order("start");
      TimeUnit.SECONDS.sleep(openingSeconds);
      client.order("hold");
      double[] loaded = memory(client);
      if (loaded[1] == 0) {
        throw new IOException("no stream of " + path + " was open when the memory was read");
      }
      client.order("stop");
      client.awaitEnd();
      long whole =
          CallStamps.read(stamps).stream()
              .filter(call -> call.chunkNanos().length == tokens)
              .count();
      return new Result(
          (int) loaded[1], (loaded[0] - idleBytes) / loaded[1], simulator.stop().size() - whole);
    }
  }

  /** Bytes in use, and calls in flight. */
  private static double[] memory(ChildJvm client) throws IOException {
    client.order("memory");
    String line = client.line();
    while (!line.startsWith(StreamClient.MEMORY)) {
      line = client.line();
    }
    String[] words = line.split(" ", -1);
    return new double[] {Double.parseDouble(words[1]), Double.parseDouble(words[2])};
  }
}
