package dev.gatlingllm.live;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.Measure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// The files under golden/progress seal the formats. Written anew by:
// mvn test -Dtest=ProgressTest -Dgolden=write
@ExtendWith(LocaleKept.class)
class ProgressTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "progress");
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  private long now = 5 * SECOND;
  private final RunClock clock =
      new RunClock(() -> now, 5 * SECOND, Instant.parse("2024-03-14T16:24:05Z"));
  private final Progress progress = new Progress(clock, 60 * SECOND);

  private void at(double seconds) {
    now = 5 * SECOND + Math.round(seconds * SECOND);
  }

  private void ended(CallFixture call) {
    progress.started();
    progress.ended(call.record());
  }

  @Test
  void aRateOfSixtyIsToldAsSixtyThoughEachAnswerTakesHalfAMinute() {
    for (int second = 0; second < 180; second++) {
      at(second);
      progress.started();
      if (second >= 30) {
        progress.ended(call().from((second - 30) * 1000.0, second * 1000.0).record());
      }
    }
    at(179.5);
    ProgressSnapshot snapshot = progress.snapshot();
    assertThat(snapshot.requestsPerMinute()).isCloseTo(60, within(1.0));
    assertThat(snapshot.counts().inFlight()).isEqualTo(30);
  }

  @Test
  void aCallThatCouldNotBeBuiltHasFailedAndWasNeverInFlight() {
    progress.unsent(call().ended(Outcome.CRASHED, "crashed").record());

    assertThat(progress.snapshot().counts()).isEqualTo(new ProgressCounts(0, 0, 0, 1, 0, 0, 0, 0));
  }

  @Test
  void endToEndTimesLeaveTheWindowAsAllOthersDo() {
    at(1);
    ended(call().from(0, 1000).streamed(900, 1000));
    at(62);
    ended(call().from(61_000, 61_500).streamed(100, 500));
    ProgressSnapshot snapshot = progress.snapshot();
    assertThat(snapshot.of(Measure.E2E).n()).isEqualTo(1);
    assertThat(snapshot.of(Measure.E2E).mean()).hasValue(500);
    assertThat(snapshot.of(Measure.TTFT).mean()).hasValue(100);
    assertThat(snapshot.counts().succeeded()).isEqualTo(2);
  }

  @Test
  void beforeTheWindowIsFullTheRateIsThatOfTheRunSoFar() {
    at(10);
    ended(call().from(0, 1000));
    assertThat(progress.snapshot().requestsPerMinute()).isEqualTo(6);
    assertThat(progress.snapshot().windowSeconds()).isEqualTo(10);
  }

  @Test
  void aThrottledCallIsInTheUtilisationAndInNoLatency() {
    at(1);
    ended(
        call()
            .from(0, 50)
            .ended(Outcome.THROTTLED, "429 throttled")
            .served(429, "r", "", "")
            .utilization(100));
    ProgressSnapshot snapshot = progress.snapshot();
    assertThat(snapshot.counts().throttled()).isEqualTo(1);
    assertThat(snapshot.counts().failed()).isEqualTo(1);
    assertThat(snapshot.utilizationPercent().mean()).hasValue(100);
    assertThat(snapshot.of(Measure.E2E).n()).isZero();
  }

  @Test
  void aCallThatWasHandedOverIsCountedAndInNoLatency() {
    at(1);
    ended(call().from(0, 500).streamed(100, 500));
    ended(call().from(0, 900).streamed(700, 900).spilledTo("chat-standard"));
    ProgressSnapshot snapshot = progress.snapshot();
    assertThat(snapshot.counts().succeeded()).isEqualTo(2);
    assertThat(snapshot.completions()).isEqualTo(1);
    assertThat(snapshot.of(Measure.TTFT).mean()).hasValue(100);
    assertThat(ProgressText.brief(snapshot)).endsWith("failed 0  spilled over 1");
    assertThat(ProgressJson.line(snapshot)).contains("\"spilled_over\":1");
  }

  private ProgressSnapshot sample() {
    for (int i = 0; i < 10; i++) {
      at(100 + i);
      ended(
          call()
              .model("m", 500)
              .from(90_000 + 1000.0 * i, 100_000 + 1000.0 * i)
              .streamed(500 + 10 * i, 9000)
              .tokens(1000, 400 + i)
              .utilization(30 + i));
    }
    at(110);
    ended(call().from(109_000, 110_000).ended(Outcome.THROTTLED, "429 throttled"));
    progress.started();
    at(120);
    return progress.snapshot();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de-DE", "ar-EG", "th-TH-u-nu-thai"})
  void theLinesAreTheseTextsInEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    at(0);
    ProgressSnapshot nothing = progress.snapshot();
    ProgressSnapshot busy = sample();
    assertGolden("brief.txt", ProgressText.brief(nothing) + "\n" + ProgressText.brief(busy));
    assertGolden("human.txt", ProgressText.human(nothing) + "\n" + ProgressText.human(busy));
    assertGolden("progress.jsonl", ProgressJson.line(nothing) + "\n" + ProgressJson.line(busy));
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text + "\n")
        .as(file.toString())
        .isEqualTo(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  // The lab's notebook: each line is JSON, nested names are joined by "_", these are charted.
  @Test
  void theNotebookOfTheLabFindsItsColumns() throws IOException {
    JsonNode line = new ObjectMapper().readTree(ProgressJson.line(sample()));
    assertThat(line.get("run_seconds").asInt()).isEqualTo(120);
    assertThat(line.get("requests").asInt()).isEqualTo(11);
    assertThat(line.get("failures").asInt()).isEqualTo(1);
    assertThat(line.get("e2e").get("avg").asDouble()).isEqualTo(10);
    assertThat(line.get("ttft").get("avg").asDouble()).isEqualTo(0.545);
    assertThat(line.get("tbt").get("avg").isNumber()).isTrue();
    assertThat(line.get("util").get("avg").asText()).isEqualTo("34.5%");
    assertThat(line.get("utilization_percent").get("avg").asDouble()).isEqualTo(34.5);
  }

  @Test
  void shortAnswersAreWarnedOfOnce() throws IOException {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Path file = folder.resolve("progress.jsonl");
    try (ProgressLog log =
        new ProgressLog(file, new PrintStream(console, true, StandardCharsets.UTF_8), "jsonl")) {
      at(1);
      for (int i = 0; i < 20; i++) {
        ended(call().model("m", 500).from(0, 1000).tokens(10, 310));
      }
      log.tell(progress.snapshot(), true);
      log.tell(progress.snapshot(), true);
    }
    assertThat(console.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("answers end after 62 % of the tokens that they may have");
    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.startsWith("{\"run_se"));
  }
}
