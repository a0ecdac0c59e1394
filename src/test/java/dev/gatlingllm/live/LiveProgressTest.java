package dev.gatlingllm.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.ProgressConfig;
import dev.gatlingllm.config.ProgressConfig.Show;
import dev.gatlingllm.health.HealthCheck;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveProgressTest {

  private static final CallRecord CALL = CallFixture.call().record();

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Path file;
  private LiveProgress progress;
  private Optional<Verdict> verdict = Optional.empty();

  @BeforeEach
  void begin(@TempDir Path folder) throws IOException {
    file = folder.resolve("progress.jsonl");
    progress =
        new LiveProgress(
            file,
            new ProgressConfig(
                Duration.ZERO, Duration.ZERO, Show.LINES, Duration.ofMinutes(1), "brief"),
            new RunClock(() -> 7_000_000_000L, 0, Instant.parse("2024-03-14T16:24:05Z")),
            new PrintStream(printed, true, UTF_8),
            () -> verdict);
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  private static Optional<Verdict> verdict(double scheduleDelayMillis, long samples) {
    return Optional.of(
        Verdict.of(Map.of(HealthCheck.SCHEDULE_DELAY, scheduleDelayMillis), List.of(), samples));
  }

  @Test
  void beforeTheFirstCallThereIsNothingToPrint() throws IOException {
    verdict = verdict(1e6, 100);
    progress.print();
    progress.close();
    assertThat(lines()).isEmpty();
    assertThat(file).isEmptyFile();
  }

  @Test
  void aLineCountsWhatBecameOfTheCalls() throws IOException {
    progress.started();
    progress.started();
    progress.ended(CALL);
    progress.unsent(CallFixture.call().ended(Outcome.DROPPED, "dropped arrival").record());
    progress.print();
    progress.close();
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).contains("   7 s  done 1  in flight 1").endsWith("dropped 1");
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aVerdictIsPrintedWhenItChangesAndRestsOnEnoughSamples() {
    progress.started();
    verdict = verdict(0, 100);
    progress.print();
    verdict = verdict(1e6, 19);
    progress.print();
    assertThat(lines()).noneMatch(line -> line.contains("verdict"));
    verdict = verdict(1e6, 20);
    progress.print();
    progress.print();
    assertThat(lines())
        .filteredOn(line -> line.contains("verdict"))
        .containsExactly("[llm] verdict so far: " + verdict.orElseThrow().line());
  }
}
