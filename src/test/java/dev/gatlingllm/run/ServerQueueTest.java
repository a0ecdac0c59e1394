package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.Conclusion;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SampleRuns;
import dev.gatlingllm.scrape.MetricsStub;
import dev.gatlingllm.secret.KnownSecrets;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server on a real socket whose queue grows at a known instant: 61 s after the start, between the
 * readings after 60 s and 62 s. The clock is the test's.
 */
class ServerQueueTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GROWS_AT = 61;

  @TempDir private Path temp;
  private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
  private MetricsStub server;

  @BeforeEach
  void start() throws IOException {
    server = new MetricsStub();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private ServerLog log(Path folder, List<URI> addresses, String... settings) throws IOException {
    LlmConfig config = RunFixture.settings(temp, settings);
    return new ServerLog(
        new RunFiles(folder).serverMetrics(),
        addresses,
        config.serverMetrics(),
        Run.metricsClient(config)::read,
        new RunClock(nanos::get, nanos.get(), SampleRuns.START),
        DaemonThread.named("server-queue-test"));
  }

  /** Two minutes of load, of which every call is answered in the same way. */
  private Path run(String name, IntUnaryOperator waiting, boolean slower) throws IOException {
    Path folder = temp.resolve(name);
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      double ttft = slower ? 100 + 20 * i : 100;
      calls.add(
          CallFixture.call()
              .id(i)
              .from(500.0 * i, 500.0 * i + ttft + 200)
              .streamed(ttft, ttft + 190)
              .record());
    }
    SampleRuns.write(folder, calls);
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(126)), Map.of(), List.of()));
    try (ServerLog log = log(folder, List.of(server.address()))) {
      for (int second = 0; second <= 120; second += 2) {
        server.answersVllm(waiting.applyAsInt(second), 8);
        log.read();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
      }
      server.answersVllm(0, 0);
    }
    return folder;
  }

  private static Conclusion conclusion(Path... folders) throws IOException {
    return RunReport.of(List.of(folders)).conclusion();
  }

  /** The summary of a report that is made as by {@code exec:java@report}. */
  private JsonNode report(Path folder) throws IOException {
    Path out = temp.resolve("out");
    List<String> arguments = List.of(folder.toString(), "--out", out.toString());
    PrintStream console =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    assertThat(CommandCall.run("report", arguments, console, console)).isZero();
    page = Files.readString(out.resolve("index.html"));
    return JSON.readTree(out.resolve("summary.json").toFile());
  }

  private String page = "";

  private JsonNode firstChart() throws IOException {
    String data = page.replaceFirst("(?s).*<script[^>]* id=\"data\"[^>]*>", "");
    return JSON.readTree(data.substring(0, data.indexOf("</script>"))).path("server").path(0);
  }

  private static int grows(int second) {
    return second < GROWS_AT ? 0 : Math.min(30, second - GROWS_AT + 1);
  }

  @Test
  void theConclusionAndThePageNameTheInstantWithinAReading() throws IOException {
    Path run = run("run", ServerQueueTest::grows, false);
    JsonNode summary = report(run);

    assertThat(summary.path("conclusion").path("text").asText())
        .contains(
            "The service was at its limit: calls waited in its queue until the load ended.",
            "From 09:31:02 UTC on (1 min 02 s into the run, read every 2 s) calls waited in the"
                + " server's queue, up to 30 at once.");
    assertThat(summary.path("conclusion").path("limitedBy").path("kind").asText())
        .isEqualTo("queue");
    assertThat(summary.path("server").path("queue").path("fromSeconds").asDouble()).isEqualTo(62);
    assertThat(summary.path("server").path("readings").asInt()).isEqualTo(62);

    JsonNode chart = firstChart();
    assertThat(chart.path("name").asText()).isEqualTo("Requests waiting");
    assertThat(chart.path("mark").asDouble()).isEqualTo(62);
    assertThat(chart.path("seconds").path(31).asDouble()).isEqualTo(62);
    assertThat(chart.path("values").path(30).asDouble()).isZero();
    assertThat(chart.path("values").path(31).asDouble()).isEqualTo(2);
    assertThat(page).contains("calls waited in the server’s queue".replace("’", "&#39;"));
  }

  @Test
  void aQueueThatWasWorkedOffHasAnEnd() throws IOException {
    Path run = run("run", second -> second >= 20 && second <= 40 ? 3 : 0, false);
    assertThat(conclusion(run).text())
        .contains(
            "The service kept up with this load.",
            "From 09:30:20 to 09:30:40 UTC (20 s into the run, read every 2 s) calls waited in the"
                + " server's queue, up to 3 at once.");
  }

  @Test
  void whereNothingWaitedTheServersQueueIsNotToBlame() throws IOException {
    Path run = run("run", second -> 0, true);
    Conclusion conclusion = conclusion(run);
    assertThat(conclusion.text())
        .contains(
            "the wait for the first token grew",
            "In the server's queue no call waited meanwhile, so the wait arose on the way to it, or"
                + " while it worked on the calls (up to 8 at once).");
    assertThat(conclusion.next()).startsWith("Look between client and server");
  }

  @Test
  void mergedRunsSayTheSame() throws IOException {
    Path first = run("first", ServerQueueTest::grows, false);
    Path second = run("second", ServerQueueTest::grows, false);
    assertThat(conclusion(first, second).text())
        .contains("From 09:31:02 UTC on (1 min 02 s into the run, read every 2 s) calls waited");
  }

  @Test
  void aReadingThatFailsIsALineAndTheRunGoesOn() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("run"));
    ServerLog log = log(folder, List.of(server.address()));
    server.answers(503, "");
    log.read();
    server.answersVllm(1, 1);
    log.close();

    assertThat(log.problems())
        .containsExactly(
            "server metrics: 2 readings, of which failed: 1 of "
                + server.address()
                + ": it answered 503");
    List<String> lines = Files.readAllLines(new RunFiles(folder).serverMetrics());
    assertThat(lines).hasSize(2);
    assertThat(JSON.readTree(lines.get(0)).path("error").asText()).isEqualTo("it answered 503");
    assertThat(JSON.readTree(lines.get(1)).path("samples"))
        .extracting(sample -> sample.path("name").asText())
        .containsExactly("vllm:num_requests_waiting", "vllm:num_requests_running");
  }

  @Test
  void aSecretInALabelIsNotWritten() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("run"));
    KnownSecrets.ofProcess().add("sk-of-a-label-0815");
    ServerLog log = log(folder, List.of(server.address()), "llm.serverMetrics.metrics=leak");
    server.answers(200, "leak{of=\"sk-of-a-label-0815\"} 1");
    log.close();
    assertThat(Files.readString(new RunFiles(folder).serverMetrics()))
        .contains("\"leak\"")
        .doesNotContain("sk-of-a-label");
  }
}
