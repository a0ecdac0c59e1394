package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnkeptTest {

  private static final Limit TTFT =
      new Limit(
          "llm.slo.ttft.p95", List.of(), Measure.TTFT.field(), "p95", Limit.Bound.AT_MOST, 500);

  @TempDir private Path folder;

  private final List<String> halted = new ArrayList<>();

  private RunFixture run(String... settings) {
    return new RunFixture(
        Path.of("none"),
        Stream.concat(Stream.of("llm.seed=1"), Stream.of(settings)).toArray(String[]::new));
  }

  private void finish(RunFixture fixture) {
    StopSignals signals =
        new StopSignals(fixture.run::endDrain, fixture.console, () -> {}, () -> {});
    new RunEnd(
            fixture.run,
            () -> EngineReport.NONE,
            signals,
            fixture.console,
            status -> halted.add("halted"))
        .finish();
  }

  @Test
  void aRunThatKeepsNothingWritesNoFileAndSaysSoOnce() throws IOException {
    try (RunFixture fixture = run()) {
      fixture.run.watchHealth(List.of());
      fixture.call().succeed();
      finish(fixture);

      assertThat(fixture.console().lines().filter(line -> line.contains("no run folder")))
          .containsExactly(Unkept.TOLD);
      assertThat(fixture.console())
          .contains("; Gatling's assertions decide")
          .doesNotContain("cannot be");
      assertThat(halted).isEmpty();
    }
    assertThat(Path.of("none")).doesNotExist();
  }

  @Test
  void aRunThatKeepsNothingCanStillFail() {
    try (RunFixture fixture = run()) {
      fixture.call().fail();
      finish(fixture);

      assertThat(fixture.console()).contains("the run has failed: no call succeeded: 1 call");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void theVerdictIsThatOfTheClientAsItWasMeasured() {
    try (RunFixture fixture = run("llm.gate.verdict=trusted")) {
      fixture.call().succeed();
      finish(fixture);

      // Nobody watched the client: a verdict that is unknown passes no gate.
      assertThat(fixture.console()).contains("llm.gate.verdict: the verdict is unknown");
      assertThat(halted).containsExactly("halted");
    }
  }

  @Test
  void limitsThatNobodyHasJudgedAreNamed() {
    try (RunFixture fixture = run("llm.slo.ttft.p95=500ms")) {
      fixture.run.limits(List.of(TTFT));
      fixture.call().succeed();
      finish(fixture);

      assertThat(fixture.console())
          .contains(
              "[llm] llm.slo.ttft.p95: not judged, since llm.record.folder = none keeps no records;"
                  + " let Gatling's own assertions judge");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm.gate.baseline=main",
        "llm.load.share=1/2",
        "llm.live=8089",
        "llm.record.content=true",
        "llm.record.splitBy=clients"
      })
  void whatIsFoundInRecordsIsRefused(String setting) {
    assertThatThrownBy(
            () -> Run.check(RunFixture.settings(Path.of("none"), setting), "example.Played"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            setting.replaceAll("=.*", "")
                + " needs the records of the run, and llm.record.folder = none keeps none: leave out"
                + " one of them");
  }

  @Test
  void aFolderThatEndsInNoneIsAFolder() {
    try (RunFixture fixture = new RunFixture(folder.resolve("none"))) {
      fixture.call().succeed();
      finish(fixture);
      assertThat(Files.exists(fixture.run.folder().resolve("calls.jsonl"))).isTrue();
    }
  }
}
