package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Turn;
import dev.gatlingllm.record.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twelve sessions of three turns, of which the last is broken off in its second. */
class SessionReportTest {

  @TempDir private Path folder;
  private RunReport report;

  @BeforeEach
  void read() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int session = 0; session < 12; session++) {
      for (int turn = 1; turn <= 3; turn++) {
        double start = 1_000 * session + 3_000 * turn;
        boolean fails = session == 11 && turn == 2;
        var one =
            call()
                .id(3L * session + turn)
                .label("turn", "" + turn)
                .from(start, start + 500)
                .tokens(100L * turn, 20)
                .cached(80L * (turn - 1), 0);
        if (session < 11 || turn < 3) {
          calls.add(
              (fails ? one.ended(Outcome.BROKEN, "broken") : one)
                  .record()
                  .with(new Turn(3L * session + 1, turn, 3)));
        }
      }
    }
    SampleRuns.write(folder, calls);
    report = RunReport.of(List.of(folder));
  }

  @Test
  void everyFormatSaysWhatWholeSessionsTook() throws IOException {
    String console = new ConsoleTable().text(report);
    assertThat(console).contains("Sessions: 11 whole, 1 broken off, 0 cut off; 1 turn not sent");
    assertThat(console).containsPattern("session duration, s +11 +6\\.50 +6\\.50 +- +6\\.50\n");
    assertThat(console).containsPattern("input tokens, tok +11 +600 +600 +- +600\n");

    JsonNode sessions = new ObjectMapper().readTree(new SummaryJson().text(report)).get("sessions");
    assertThat(sessions.get("whole").asInt()).isEqualTo(11);
    assertThat(sessions.get("brokenOff").asInt()).isEqualTo(1);
    assertThat(sessions.get("turnsNotSent").asInt()).isEqualTo(1);
    assertThat(sessions.at("/measures/answering/mean").asDouble()).isEqualTo(1.5);
    assertThat(sessions.at("/measures/cachedInputTokens/mean").asDouble()).isEqualTo(240);

    Map<String, String> csv = SummaryCsv.overall(report);
    assertThat(csv).containsEntry("sessions.whole", "11").containsEntry("sessions.turns.mean", "3");

    assertThat(new SummaryMarkdown().text(report))
        .contains("Sessions: 11 whole, 1 broken off")
        .contains("| session duration, s | 11 |");
    assertThat(report.notes())
        .contains(
            "Sessions broken off by a call that did not succeed: 1 of 12. The rest of their turns"
                + " was not sent: the load was lower than asked for.");
    assertThat(new IndexHtml().text(report)).contains("id=\"sessions\"").contains("11 whole");
  }

  @Test
  void theHitRateOfTheCacheIsThatOfEachTurn() {
    assertThat(report.statistics().byKey())
        .extracting(row -> row.key().path())
        .containsExactly("chat [turn=1]", "chat [turn=2]", "chat [turn=3]");
    assertThat(report.statistics().byKey())
        .extracting(row -> row.cache().orElseThrow().hitRatePercent().orElseThrow())
        .containsExactly(0.0, 40.0, 160.0 / 3);
  }

  @Test
  void aRunWithoutSessionsSaysNothingOfThem() throws IOException {
    Path plain = folder.resolve("plain");
    Files.createDirectory(plain);
    SampleRuns.write(plain, List.of(call().record()));
    RunReport without = RunReport.of(List.of(plain));

    assertThat(new ConsoleTable().text(without)).doesNotContain("Sessions");
    assertThat(new SummaryJson().text(without)).doesNotContain("\"sessions\"");
    assertThat(SummaryCsv.overall(without)).containsEntry("sessions.whole", "");
  }
}
