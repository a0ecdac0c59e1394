package dev.gatlingllm.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The simulated endpoint in a process of its own, and what it truly did. */
final class SimulatorProcess implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the simulated endpoint did for one call.
   *
   * @param receivedNanos when the request was complete
   * @param chunkNanos when each chunk was handed to the socket
   */
  @SuppressWarnings("ArrayRecordComponent") // one number per chunk: boxing would cost
  record Truth(long receivedNanos, long[] chunkNanos) {}

  private final ChildJvm jvm;
  private final URI uri;
  private final Path truthFile;

  private SimulatorProcess(ChildJvm jvm, URI uri, Path truthFile) {
    this.jvm = jvm;
    this.uri = uri;
    this.truthFile = truthFile;
  }

  static SimulatorProcess start(String... settings) throws IOException {
    Path truth = Files.createTempDirectory("benchmark").resolve("truth.jsonl");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "simulator",
                "--truth=" + truth,
                "--recordedCalls=200000",
                "--capacity=20000",
                "--prefillPerToken=0s"));
    arguments.addAll(List.of(settings));
    ChildJvm jvm = ChildJvm.start(List.of("-Xmx6G"), "dev.gatlingllm.Main", arguments);
    String ready = jvm.line();
    return new SimulatorProcess(
        jvm, URI.create(ready.substring(ready.lastIndexOf(' ') + 1)), truth);
  }

  URI uri() {
    return uri;
  }

  /** Stops it and says what it did, by request id without dashes. */
  Map<String, Truth> stop() throws IOException, InterruptedException {
    jvm.terminate();
    jvm.awaitEnd();
    Map<String, Truth> calls = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(truthFile)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode call = JSON.readTree(line);
        JsonNode chunks = call.get("chunkNanos");
        long[] nanos = new long[chunks.size()];
        for (int i = 0; i < nanos.length; i++) {
          nanos[i] = chunks.get(i).longValue();
        }
        calls.put(
            call.get("requestId").textValue().replace("-", ""),
            new Truth(call.get("receivedNanos").longValue(), nanos));
      }
    }
    return calls;
  }

  @Override
  public void close() {
    jvm.close();
  }
}
