package dev.gatlingllm.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that lost something is red, and says what. */
class LostResultsIT {

  private static final int FAILED = 2;

  @TempDir private Path folder;

  @Test
  void aRunWhoseFolderIsRemovedIsRed() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            "rpm.ShapeProfileSimulation",
            "llm.load.rpm=600",
            "llm.load.duration=10min",
            "llm.warmUp.atMost=0s",
            "llm.calibration.duration=0s");
    gatling.awaitCalls(5);
    remove(gatling.run().folder());

    assertThat(gatling.exitCode()).as(gatling.console()).isEqualTo(FAILED);
    assertThat(gatling.console())
        .contains("[llm] stopping the run: records cannot be written")
        .contains("calls.jsonl: was removed while the run was writing it")
        .containsPattern("records? w(as|ere) lost, so the report is incomplete");
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.deleteIfExists(one);
    }
  }

  @Test
  void aRunThatRunsOutOfMemoryEndsWithWhatItHasAndIsRed() throws Exception {
    try (LongLines server = LongLines.start()) {
      GatlingProcess gatling =
          GatlingProcess.start(
              folder,
              Map.of(
                  "JAVA_TOOL_OPTIONS",
                  "-XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=" + folder),
              List.of(),
              "-Xmx192m",
              "rpm.ShapeProfileSimulation",
              "llm.provider=openai",
              "llm.openai.baseUrl=http://127.0.0.1:" + server.port() + "/v1",
              "llm.openai.model=m",
              "llm.load.clients=250",
              "llm.warmUp.atMost=0s",
              "llm.warmUp.probes=0",
              "llm.calibration.duration=0s",
              "llm.profile.shape=custom",
              "llm.profile.contextTokens=40",
              "llm.profile.maxTokens=10");

      assertThat(gatling.exitCode()).as(gatling.console()).isEqualTo(FAILED);
      assertThat(gatling.console())
          .containsPattern(
              "\\[llm\\] stopping the run: The JVM ran out of memory \\(\\d+ MB of heap\\)");
      Accounting sums = gatling.info().accounting().orElseThrow();
      assertThat(sums.problems())
          .hasSize(1)
          .allMatch(problem -> problem.startsWith("The JVM ran out of memory"));
      assertThat(gatling.calls()).hasSize((int) sums.sent());
      assertThat(gatling.file("junit.xml")).contains("every call is accounted for");
      assertThat(gatling.run().folder().resolve("index.html")).isNotEmptyFile();
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).noneMatch(file -> file.toString().endsWith(".hprof"));
      }
    }
  }

  /** Answers every call with the beginning of a line of a megabyte, and no more. */
  private static final class LongLines implements AutoCloseable {

    private static final byte[] HEAD =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {\"x\":\""
            .getBytes(US_ASCII);
    private static final int LINE_BYTES = 1_000_000;

    private final ServerSocket server;

    private LongLines(ServerSocket server) {
      this.server = server;
    }

    static LongLines start() throws IOException {
      LongLines lines = new LongLines(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
      Thread accepting = new Thread(lines::accept, "long-lines");
      accepting.setDaemon(true);
      accepting.start();
      return lines;
    }

    int port() {
      return server.getLocalPort();
    }

    private void accept() {
      while (!server.isClosed()) {
        try {
          Socket client = server.accept();
          Thread answering = new Thread(() -> answer(client), "long-line");
          answering.setDaemon(true);
          answering.start();
        } catch (IOException ignored) {
          // closed
        }
      }
    }

    private static void answer(Socket client) {
      try {
        byte[] request = new byte[1 << 16];
        int unused = client.getInputStream().read(request);
        OutputStream out = client.getOutputStream();
        out.write(HEAD);
        out.write("y".repeat(LINE_BYTES).getBytes(US_ASCII));
        out.flush();
      } catch (IOException ignored) {
        // the client has gone
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
