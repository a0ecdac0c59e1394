package dev.gatlingllm.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {

  private static Verdict of(Map<HealthCheck, Double> figures) {
    return Verdict.of(figures, List.of(), 120);
  }

  @ParameterizedTest
  @CsvSource({
    "SCHEDULE_DELAY, 10, TRUSTED",
    "SCHEDULE_DELAY, 10.001, DEGRADED",
    "SCHEDULE_DELAY, 100, DEGRADED",
    "SCHEDULE_DELAY, 100.001, INVALID",
    "DROPPED, 0, TRUSTED",
    "DROPPED, 0.001, DEGRADED",
    "DROPPED, 1, DEGRADED",
    "DROPPED, 1.001, INVALID",
    "LOOP_DELAY, 5, TRUSTED",
    "LOOP_DELAY, 5.001, DEGRADED",
    "LOOP_DELAY, 50, DEGRADED",
    "LOOP_DELAY, 50.001, INVALID",
    "LOOP_LONGEST, 250, TRUSTED",
    "LOOP_LONGEST, 250.001, DEGRADED",
    "LOOP_LONGEST, 100000, DEGRADED",
    "BACKLOG, 2, TRUSTED",
    "BACKLOG, 2.001, DEGRADED",
    "BACKLOG, 20, DEGRADED",
    "BACKLOG, 20.001, INVALID",
    "GC_LONGEST, 50, TRUSTED",
    "GC_LONGEST, 51, DEGRADED",
    "GC_LONGEST, 500, DEGRADED",
    "GC_LONGEST, 501, INVALID",
    "GC_SHARE, 5, TRUSTED",
    "GC_SHARE, 5.001, DEGRADED",
    "GC_SHARE, 20, DEGRADED",
    "GC_SHARE, 20.001, INVALID",
    "CPU, 80, TRUSTED",
    "CPU, 80.1, DEGRADED",
    "CPU, 95, DEGRADED",
    "CPU, 95.1, INVALID",
    "RECORDS_LOST, 0, TRUSTED",
    "RECORDS_LOST, 1, INVALID",
    "QUEUE, 50, TRUSTED",
    "QUEUE, 50.1, DEGRADED",
    "QUEUE, 100, DEGRADED",
    "CONNECTIONS, 0, TRUSTED",
    "CONNECTIONS, 1, DEGRADED",
    "UNWATCHED, 2, TRUSTED",
    "UNWATCHED, 2.001, DEGRADED",
    "TTFT_ERROR, 5, TRUSTED",
    "TTFT_ERROR, 5.1, DEGRADED",
    "TTFT_ERROR, 50.1, INVALID",
    "TTFT_ERROR_P99, 50, TRUSTED",
    "TTFT_ERROR_P99, 50.1, DEGRADED",
    "TTFT_ERROR_P99, 500.1, INVALID",
    "INTER_CHUNK_ERROR, 10, TRUSTED",
    "INTER_CHUNK_ERROR, 10.1, DEGRADED",
    "INTER_CHUNK_ERROR, 100.1, INVALID",
  })
  void aFigureAboveItsLimitDecides(HealthCheck check, double value, Trust level) {
    Verdict verdict = of(Map.of(check, value));
    assertThat(verdict.level()).isEqualTo(level);
    assertThat(verdict.reasons()).hasSize(level == Trust.TRUSTED ? 0 : 1);
    assertThat(verdict.findings().get(check).level()).isEqualTo(level);
  }

  @Test
  void aHealthyClientIsTrusted() {
    Map<HealthCheck, Double> figures = new EnumMap<>(HealthCheck.class);
    for (HealthCheck check : HealthCheck.values()) {
      figures.put(check, check.degradedAbove() / 2);
    }
    Verdict verdict = of(figures);
    assertThat(verdict.level()).isEqualTo(Trust.TRUSTED);
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.remarks()).isEmpty();
    assertThat(verdict.line()).isEqualTo("trusted");
  }

  @Test
  void theGravestReasonComesFirstAndDecides() {
    Verdict verdict =
        of(
            Map.of(
                HealthCheck.SCHEDULE_DELAY, 12.0,
                HealthCheck.LOOP_DELAY, 60.0,
                HealthCheck.CPU, 99.5,
                HealthCheck.GC_SHARE, 1.0,
                HealthCheck.BACKLOG, 19.0));
    assertThat(verdict.level()).isEqualTo(Trust.INVALID);
    assertThat(verdict.reasons())
        .containsExactly(
            "The event loops were late to answer: their delay has a p99 of 60 ms (limit 50 ms).",
            "The processors were busy while calls were in flight: their median is 99.5 % (limit"
                + " 95 %).",
            "Chunks had to wait to be decoded: the backlog has a p99 of 19 ms (limit 2 ms).",
            "The client started calls late: the schedule delay that it caused has a p99 of 12 ms (limit 10 ms).");
    assertThat(verdict.line()).startsWith("invalid: The event loops");
  }

  @Test
  void withoutSamplesNothingIsKnown() {
    assertThat(Verdict.of(Map.of(), List.of(), 0).level()).isEqualTo(Trust.UNKNOWN);
  }

  @Test
  void fewSamplesAreTold() {
    assertThat(Verdict.of(Map.of(HealthCheck.SCHEDULE_DELAY, 1.0), List.of(), 3).remarks())
        .containsExactly("The verdict rests on few samples of the client's health: 3.");
    assertThat(Verdict.of(Map.of(HealthCheck.SCHEDULE_DELAY, 1.0), List.of(), 4).remarks())
        .isEmpty();
  }

  @Test
  void ofSeveralRunsTheGravestDecidesAndIsNamed() {
    Verdict good = of(Map.of(HealthCheck.SCHEDULE_DELAY, 1.0)).of("a");
    Verdict bad = of(Map.of(HealthCheck.RECORDS_LOST, 2.0)).of("b");
    Verdict unknown = Verdict.unknown("No file.").of("c");
    assertThat(Verdict.gravest(List.of(good, bad, unknown)).reasons())
        .containsExactly(
            "b: Records were lost, so calls are missing from every number: 2 records (limit 0"
                + " records).");
    assertThat(Verdict.gravest(List.of(good, unknown)).reasons()).containsExactly("c: No file.");
    assertThat(Verdict.gravest(List.of(good)).level()).isEqualTo(Trust.TRUSTED);
  }

  @Test
  void anUnknownVerdictPassesNoGate() {
    assertThat(Trust.TRUSTED.passes(Trust.TRUSTED)).isTrue();
    assertThat(Trust.DEGRADED.passes(Trust.TRUSTED)).isFalse();
    assertThat(Trust.DEGRADED.passes(Trust.DEGRADED)).isTrue();
    assertThat(Trust.INVALID.passes(Trust.DEGRADED)).isFalse();
    assertThat(Trust.UNKNOWN.passes(Trust.DEGRADED)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(HealthCheck.class)
  void everyLimitStandsInTheDocumentation(HealthCheck check) throws IOException {
    String row =
        "| "
            + check.label()
            + " | "
            + limit(check.degradedAbove(), check)
            + " | "
            + limit(check.invalidAbove(), check)
            + " |";
    assertThat(Files.readString(Path.of("reports", "README.md"))).contains(row);
  }

  private static String limit(double limit, HealthCheck check) {
    return Double.isFinite(limit)
        ? new BigDecimal(limit).stripTrailingZeros().toPlainString() + " " + check.unit()
        : "–";
  }
}
