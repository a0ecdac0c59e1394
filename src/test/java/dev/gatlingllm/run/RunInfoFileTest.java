package dev.gatlingllm.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.NetworkLatency;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.WarmUpResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInfoFileTest {

  private static final Instant START = Instant.parse("2024-03-14T16:24:05Z");
  private static final AssertionResult HELD =
      new AssertionResult("max of response time", true, "250");

  private final Ledger ledger = new Ledger();
  private final Faults faults = new Faults();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private RunFiles files;
  private RunInfoFile file;

  @BeforeEach
  void begin(@TempDir Path folder) throws IOException {
    files = new RunFiles(folder);
    RunInfo.Setup setup = new RunInfo.Setup(1, "", Map.of(), Map.of(), Map.of());
    file =
        new RunInfoFile(
            files,
            RunInfo.begun("Chat", "", START, setup),
            faults,
            new PrintStream(printed, true, UTF_8));
  }

  private Accounting accounting() {
    return ledger.close(0, 0, 0, List.of());
  }

  private void prepare() {
    NetworkLatency network = new NetworkLatency("h", 0, 1, List.of(2L), List.of());
    file.prepared(
        Optional.of(WarmUpResult.NONE), Optional::empty, Optional.of(network), Optional.empty());
  }

  @Test
  void theFileSaysHowFarTheRunHasCome() throws IOException {
    assertThat(files.readInfo().end()).isEmpty();
    prepare();
    assertThat(files.readInfo().preparation().warmUp()).hasValue(WarmUpResult.NONE);
    assertThat(files.readInfo().preparation().network()).isPresent();

    assertThat(file.hasEnded()).isFalse();
    file.ended(START.plusSeconds(9), true, this::accounting);
    assertThat(file.hasEnded()).isTrue();
    assertThat(files.readInfo().end()).hasValue(START.plusSeconds(9));
    assertThat(files.readInfo().period().interrupted()).isTrue();
    assertThat(files.readInfo().accounting()).isPresent();
    assertThat(files.readInfo().preparation().network()).isPresent();

    file.addAssertions(List.of(HELD));
    assertThat(files.readInfo().assertions()).containsExactly(HELD);
    assertThat(file.info().assertions()).containsExactly(HELD);
  }

  @Test
  void aRunThatGoesOnIsNotJudged() {
    assertThatThrownBy(() -> file.addAssertions(List.of(HELD))).hasMessage("the run goes on");
  }

  @Test
  void aPreparationThatIsReportedAfterTheEndLeavesTheEndInTheFile() throws IOException {
    file.ended(START, true, this::accounting);
    prepare();
    assertThat(files.readInfo().end()).hasValue(START);
  }

  @Test
  void aFileThatCannotBeWrittenIsAFault() throws IOException {
    Files.delete(files.runJson());
    Files.createDirectories(files.runJson().resolve("in the way"));
    prepare();
    assertThat(printed.toString(UTF_8)).startsWith("[llm] run.json cannot be written: ");
    assertThat(faults.all()).singleElement().asString().startsWith("run.json could not be written");
  }

  @Test
  void aFurtherTargetAddsWhatTheFirstDoesNotSay() throws IOException {
    prepare();
    NetworkLatency other = new NetworkLatency("other", 0, 1, List.of(9L), List.of());
    file.prepared(Optional.empty(), Optional::empty, Optional.of(other), Optional.empty());
    file.joined(2, "bedrock", Map.of("llm.bedrock.region", "eu-west-1"));

    RunInfo info = files.readInfo();
    assertThat(info.preparation().network().orElseThrow().host()).isEqualTo("h");
    assertThat(info.configuration())
        .containsEntry("targets.2.provider", "bedrock")
        .containsEntry("targets.2.llm.bedrock.region", "eu-west-1");
  }
}
