package dev.gatlingllm.report.latency;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.LocaleKept;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.PercentileRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// The files under golden/latency seal the formats. Written anew by:
// mvn test -Dtest=LatencyTableTest -Dgolden=write
@ExtendWith(LocaleKept.class)
class LatencyTableTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "latency");
  private static final Optional<Instant> START = Optional.of(Instant.parse("2024-05-15T19:26:34Z"));

  private static LatencyTable table(CallFixture... calls) {
    List<CallRecord> records = new ArrayList<>();
    for (CallFixture one : calls) {
      records.add(one.record());
    }
    return table(records);
  }

  private static LatencyTable table(List<CallRecord> records) {
    LatencyCollector calls = new LatencyCollector(START, LatencyTable.MOST_CALLS);
    records.forEach(calls::add);
    return calls.table(PercentileRule.WITHHOLD_WHEN_FEW).orElseThrow();
  }

  private static CallFixture ok(int id, int maxTokens, double millis, String region) {
    return call()
        .id(id)
        .name("chat", maxTokens + " tokens")
        .model("gpt-4", maxTokens)
        .from(1000.0 * id, 1000 * id + millis)
        .streamed(200 + 10 * (id % 3), millis)
        .tokens(1000 + id, maxTokens - id)
        .served(200, "r" + id, region, "length");
  }

  private static LatencyTable sample() {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(ok(i, 100, 2000 + 10 * i, i % 4 == 0 ? "East US" : "Sweden Central").record());
    }
    for (int i = 20; i < 23; i++) {
      calls.add(ok(i, 500, 9000 - 10 * i, "Sweden Central").utilization(41.7).record());
    }
    calls.add(
        ok(23, 500, 40, "Sweden Central")
            .ended(Outcome.THROTTLED, "429 throttled")
            .served(429, "r23", "Sweden Central", "")
            .record());
    calls.add(ok(24, 500, 60_000, "").ended(Outcome.TIMED_OUT, "timeout: stall").record());
    calls.add(ok(25, 100, 3000, "Sweden Central").notStreaming().record());
    calls.add(ok(26, 100, 0, "").ended(Outcome.DROPPED, "dropped arrival").record());
    return table(calls);
  }

  @Test
  void eachDeploymentAndSizeIsARowFastestFirstWithARowForEachRegionThatServedIt() {
    assertThat(sample().rows())
        .extracting(RowName::of)
        .containsExactly(
            "gpt-4_100",
            "gpt-4_100 @ East US",
            "gpt-4_100 @ Sweden Central",
            "gpt-4_100, not streaming",
            "gpt-4_500");
  }

  @Test
  void ratesCountEveryCallAndTimesThoseThatSucceededOnly() {
    LatencyRow row = sample().rows().get(4);
    assertThat(row.iterations()).isEqualTo(5);
    assertThat(row.errorRate()).hasValue(0.4);
    assertThat(row.throttled()).isEqualTo(1);
    assertThat(row.throttleRate()).hasValue(0.2);
    assertThat(row.errors()).containsEntry("429 throttled", 1).containsEntry("timeout: stall", 1);
    assertThat(row.seconds().mean()).hasValue(8.79);
    assertThat(row.seconds().iqr()).isEmpty();
  }

  @Test
  void theFastestCallPerTokenNeedNotBeTheFastestCall() {
    LatencyRow row =
        table(
                call().id(1).model("m", 900).from(0, 1000).tokens(10, 100),
                call().id(2).model("m", 900).from(0, 4000).tokens(10, 800))
            .rows()
            .get(0);
    assertThat(row.best().orElseThrow().callId()).isEqualTo(1);
    assertThat(row.bestPerToken().orElseThrow().callId()).isEqualTo(2);
    assertThat(row.bestPerToken().orElseThrow().secondsPerOutputToken()).hasValue(0.005);
    assertThat(row.worstPerToken().orElseThrow().callId()).isEqualTo(1);
  }

  @Test
  void theTimeToProcessAnInputTokenIsTheSlopeOfTheFirstTokensTime() {
    LatencyTable table =
        table(
            call().model("m", 10).from(0, 900).streamed(250, 900).tokens(1000, 10),
            call().model("m", 10).from(0, 900).streamed(300, 900).tokens(2000, 10),
            call().model("m", 10).from(0, 900).streamed(350, 900).tokens(3000, 10));
    assertThat(table.fits().get(0).ttftByInput().orElseThrow().slope()).isEqualTo(0.05);
    assertThat(table.fits().get(0).ttftByInput().orElseThrow().n()).isEqualTo(3);
    assertThat(table.fits().get(0).timeByOutput()).isEmpty();
  }

  @Test
  void callsOfAboutAsManyTokensThatAreFarApartInTimeAreNamed() {
    LatencyTable table =
        table(
            call().id(1).model("m", 900).from(0, 1000).tokens(1000, 500),
            call().id(2).model("m", 900).from(0, 3000).tokens(1010, 500),
            call().id(3).model("m", 900).from(0, 9000).tokens(1500, 500));
    List<TokenFit.LookAlikes> pairs = table.fits().get(0).lookAlikes();
    assertThat(pairs).hasSize(1);
    assertThat(pairs.get(0).faster().callId()).isEqualTo(1);
    assertThat(pairs.get(0).slower().callId()).isEqualTo(2);
    assertThat(pairs.get(0).differenceSeconds()).isEqualTo(2);
  }

  @Test
  void aRunThatIsTooLongForATableHasNone() {
    LatencyCollector calls = new LatencyCollector(START, 1);
    calls.add(ok(1, 100, 10, "").record());
    assertThat(calls.table(PercentileRule.SHOW_ALL)).isPresent();
    calls.add(ok(2, 100, 10, "").record());
    assertThat(calls.table(PercentileRule.SHOW_ALL)).isEmpty();
  }

  @Test
  void rowsThatDifferInTheirGroupsAloneAreToldApart() {
    LatencyTable table =
        table(
            call().name("chat", "morning").model("m", 5),
            call().name("chat", "evening").model("m", 5));
    assertThat(RowName.unique(table.rows()).keySet())
        .containsExactlyInAnyOrder("m_5 (morning / chat)", "m_5 (evening / chat)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de-DE", "ar-EG", "th-TH-u-nu-thai"})
  void theFilesAreTheseTextsInEveryLocale(String locale) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertGolden("latency-table.md", LatencyMarkdown.of(sample()));
    assertGolden("latency-table.json", LatencyJson.of(sample()));
    assertGolden("latency-table.csv", LatencyCsv.of(sample()));
  }

  private static void assertGolden(String name, String text) throws IOException {
    Path file = GOLDEN.resolve(name);
    if ("write".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
    String expected = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    assertThat(text).as(file.toString()).isEqualTo(expected);
  }

  @Test
  void whatAnotherDeploymentAnsweredIsARowOfItsOwn() {
    LatencyTable table =
        table(
            ok(0, 100, 500, "").servedBy("gpt-4-0613", ""),
            ok(1, 100, 400, "").ended(Outcome.THROTTLED, "429 throttled"),
            ok(2, 100, 900, "").spilledTo("gpt-4-standard"));

    assertThat(table.rows())
        .extracting(row -> row.model() + " " + row.successes() + " " + row.failures())
        .containsExactly("gpt-4 1 1", "gpt-4-standard 1 0");
  }
}
