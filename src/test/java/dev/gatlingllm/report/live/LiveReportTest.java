package dev.gatlingllm.report.live;

import static dev.gatlingllm.stats.CallFixture.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LiveConfig;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.report.GrowingRun;
import dev.gatlingllm.report.RunReport;
import dev.gatlingllm.report.SampleRuns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveReportTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private LiveReport live;
  private GrowingRun run;
  private int calls;

  @BeforeEach
  void begin() throws IOException {
    RunFiles files = new RunFiles(folder);
    files.writeInfo(SampleRuns.info(Optional.empty(), Map.of(), List.of()));
    Files.createFile(files.calls());
    Files.createFile(files.health());
    run = new GrowingRun(folder);
    live = open(0).orElseThrow();
  }

  @AfterEach
  void close() {
    live.close();
  }

  private Optional<LiveReport> open(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return LiveReport.open(
        new LiveConfig(Optional.of(address)), () -> 0, new PrintStream(printed, true, UTF_8));
  }

  private void end(int more) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(new RunFiles(folder).calls(), StandardOpenOption.APPEND)) {
      for (int i = 0; i < more; i++) {
        double start = 100.0 * calls;
        CallRecordCodec.write(
            call().id(calls++).from(start, start + 900).streamed(100, 900).tokens(7, 8).record(),
            out);
      }
    }
  }

  private static long callsOf(String page) throws IOException {
    JsonNode tree = JSON.readTree(page);
    assertThat(tree.get("body").asText()).contains("<header").contains("</footer>");
    return tree.at("/data/points/total").asLong();
  }

  private int port() {
    return URI.create(live.url()).getPort();
  }

  /** The response to a request as it is, until the server closes. */
  private String answer(String... lines) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void whereThePageIsIsPrinted() {
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines("[llm] live report: http://127.0.0.1:" + port() + "/");
  }

  @Test
  void eachUpdateIsOfTheCallsThatHaveEndedByThen() throws Exception {
    try (EventStream events = new EventStream(live.url())) {
      for (int more : List.of(3, 40, 1, 200)) {
        end(more);
        live.step(run);

        assertThat(callsOf(events.next("page").orElseThrow())).isEqualTo(calls);
      }
    }
  }

  @Test
  void whoComesLateGetsTheNewestPageAndHowTheRunStands() throws Exception {
    end(5);
    live.step(run);
    end(5);
    live.step(run);
    live.standing(Standing.running("running, 42 % of the load", OptionalDouble.of(42.9)));
    try (EventStream events = new EventStream(live.url())) {
      assertThat(callsOf(events.next("page").orElseThrow())).isEqualTo(10);
      assertThat(JSON.readTree(events.next("standing").orElseThrow()))
          .isEqualTo(
              JSON.readTree(
                  "{\"phase\":\"running\",\"text\":\"Running, 42 % of the load.\",\"percent\":42}"));
    }
  }

  @Test
  void whoComesLongAfterTheLastPageWaitsForTheNextOne() throws Exception {
    end(5);
    live.step(run);
    for (int ticks = 1; ticks <= LiveReport.TICKS_TO_FORGET; ticks++) {
      live.nobodyLooks(run, ticks);
    }
    end(5);
    assertThat(answer("GET / HTTP/1.1", "Host: 127.0.0.1:" + port()))
        .contains("waiting for the first calls");
    try (EventStream events = new EventStream(live.url())) {
      live.step(run);

      assertThat(callsOf(events.next("page").orElseThrow())).isEqualTo(10);
    }
    assertThat(answer("GET / HTTP/1.1", "Host: 127.0.0.1:" + port())).contains("id=\"time-e2e\"");
  }

  @Test
  void aRunWithoutACallYetDoesNotSayThatNoneWasSent() throws Exception {
    live.step(run);

    assertThat(answer("GET / HTTP/1.1", "Host: 127.0.0.1:" + port()))
        .contains("No call has ended yet.")
        .doesNotContain("No call was sent", "See the log");
  }

  @Test
  void thePageIsThatOfTheReportWithCodeThatRenewsIt() throws IOException {
    assertThat(answer("GET / HTTP/1.1", "Host: localhost:" + port()))
        .contains("The report is made while somebody looks");
    end(20);
    live.step(run);

    assertThat(answer("GET / HTTP/1.1", "Host: 127.0.0.1:" + port()))
        .startsWith("HTTP/1.1 200 ")
        .contains("content-security-policy: default-src 'none'", "cache-control: no-store")
        .contains("<script id=\"live\">", "The run goes on", "id=\"statistics\"");
  }

  @Test
  void aForeignNameAnotherMethodAndAnotherPathAreRefused() throws IOException {
    String host = "Host: localhost:" + port();
    assertThat(answer("GET / HTTP/1.1", "Host: evil.example:" + port()))
        .startsWith("HTTP/1.1 421 ")
        .doesNotContain("<html");
    assertThat(answer("GET / HTTP/1.1", "Content-Length: 0")).startsWith("HTTP/1.1 421 ");
    assertThat(answer("POST / HTTP/1.1", host, "Content-Length: 0"))
        .startsWith("HTTP/1.1 405 ")
        .contains("allow: GET");
    assertThat(answer("GET /../run.json HTTP/1.1", host)).startsWith("HTTP/1.1 404 ");
    assertThat(answer("GET /calls.jsonl HTTP/1.1", host)).startsWith("HTTP/1.1 404 ");
    assertThat(answer("GET /events HTTP/1.1", host, "Sec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(answer("no HTTP at all")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void whoDoesNotReadHoldsUpNobody() throws Exception {
    end(2_000);
    live.step(run);
    try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port());
        EventStream events = new EventStream(live.url())) {
      idle.setReceiveBufferSize(1024);
      idle.getOutputStream()
          .write(
              ("GET /events HTTP/1.1\r\nHost: localhost:" + port() + "\r\n\r\n").getBytes(UTF_8));
      idle.getInputStream().read();
      for (int i = 0; i < 30; i++) {
        end(1);
        live.step(run);
        long seen;
        do {
          seen = callsOf(events.next("page").orElseThrow());
        } while (seen < calls);
        assertThat(seen).isEqualTo(calls);
      }
    }
  }

  @Test
  void moreViewersThanThereIsRoomForAreTold() throws Exception {
    List<EventStream> open = new ArrayList<>();
    for (int i = 0; i < Viewers.MOST; i++) {
      open.add(new EventStream(live.url()));
      live.standing(Standing.of("running", "one more"));
      open.get(i).next("standing");
    }

    assertThat(answer("GET /events HTTP/1.1", "Host: localhost:" + port()))
        .startsWith("HTTP/1.1 503 ")
        .contains("16 viewers");
    for (EventStream events : open) {
      events.close();
    }
  }

  @Test
  void atTheEndViewersKeepTheReportAndThePortIsFree() throws Exception {
    end(30);
    try (EventStream events = new EventStream(live.url())) {
      live.step(run);
      assertThat(callsOf(events.next("page").orElseThrow())).isEqualTo(30);
      end(1);
      live.ends(RunReport.of(List.of(folder)), folder);

      assertThat(callsOf(events.next("page").orElseThrow())).isEqualTo(31);
      assertThat(events.next("standing").orElseThrow()).contains("ended", folder.toString());
      assertThat(answer("GET / HTTP/1.1", "Host: localhost:" + port()))
          .contains("<body data-standing=\"{&quot;phase&quot;:&quot;ended&quot;");
    }
    int port = port();
    live.close();
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void aPortThatIsTakenIsRefusedByName() {
    assertThatThrownBy(() -> open(port()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("llm.live = 127.0.0.1:" + port(), "0 for a free one");
  }

  @Test
  void withoutTheSettingNothingIsServed() {
    assertThat(
            LiveReport.open(
                new LiveConfig(Optional.empty()), () -> 0, new PrintStream(printed, true, UTF_8)))
        .isEmpty();
  }
}
