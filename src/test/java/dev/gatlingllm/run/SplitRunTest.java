package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.CallRecordReader;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrapes;
import dev.gatlingllm.stats.CallFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitRunTest {

  @TempDir private Path folder;
  private RunFiles run;

  @BeforeEach
  void aRun() throws IOException {
    run = new RunFiles(folder);
    run.writeInfo(
        RunInfo.begun(
                "sweep.S",
                "",
                Instant.parse("2026-01-31T12:00:00Z"),
                new RunInfo.Setup(1, "", Map.of(), Map.of(), Map.of()))
            .ended(Instant.parse("2026-01-31T12:01:00Z"), false)
            .withAssertions(List.of(new AssertionResult("all is well", true, "1"))));
  }

  private void calls(String... clients) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < clients.length; i++) {
      CallFixture call = CallFixture.call().id(i);
      CallRecordCodec.write(
          (clients[i].isEmpty() ? call : call.label("clients", clients[i])).record(), lines);
    }
    Files.write(run.calls(), lines.toByteArray());
  }

  private static List<Long> ids(Path folder) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    CallRecordReader.read(new RunFiles(folder).calls(), calls::add);
    return calls.stream().map(CallRecord::id).toList();
  }

  @Test
  void eachLevelOfALadderHasAFolderOfItsOwnThatLoadsBack() throws IOException {
    calls("1", "2", "2", "5", "5", "5", "");
    assertThat(SplitRun.split(run, "clients"))
        .containsExactly(
            folder.resolve("clients/1"), folder.resolve("clients/2"), folder.resolve("clients/5"));
    assertThat(ids(folder.resolve("clients/1"))).containsExactly(0L);
    assertThat(ids(folder.resolve("clients/2"))).containsExactly(1L, 2L);
    assertThat(ids(folder.resolve("clients/5"))).containsExactly(3L, 4L, 5L);
    assertThat(new RunFiles(folder.resolve("clients/5")).readInfo().simulation())
        .isEqualTo("sweep.S");
  }

  @Test
  void eachLevelHasWhatTheServerSaidInItsTime() throws IOException {
    calls("1");
    long end = CallFixture.call().record().times().end();
    List<ServerScrape> scrapes = new ArrayList<>();
    for (long at : new long[] {end, end + 1}) {
      scrapes.add(new ServerScrape(at, at, 1, "http://a/metrics", List.of(), 0, ""));
      Files.write(
          run.serverMetrics(),
          ServerScrapes.encode(scrapes.get(scrapes.size() - 1)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    SplitRun.split(run, "clients");
    assertThat(ServerScrapes.read(new RunFiles(folder.resolve("clients/1")).serverMetrics()))
        .containsExactly(scrapes.get(0));
  }

  @Test
  void verdictsOnTheWholeRunAreNotThoseOfALevel() throws IOException {
    calls("1");
    SplitRun.split(run, "clients");
    assertThat(new RunFiles(folder.resolve("clients/1")).readInfo().assertions()).isEmpty();
  }

  @Test
  void aRunWithoutTheLabelIsNotSplit() throws IOException {
    calls("", "");
    assertThat(SplitRun.split(run, "clients")).isEmpty();
    assertThat(folder.resolve("clients")).doesNotExist();
  }

  @Test
  void aValueCannotLeadOutOfTheRunsFolder() throws IOException {
    calls("../../x");
    assertThat(SplitRun.split(run, "clients"))
        .containsExactly(folder.resolve("clients/%2E.%2F..%2Fx"));
  }

  @Test
  void valuesThatAreNamesOfFoldersHaveFoldersOfTheirOwnAndHarmNoFileOfTheRun() throws IOException {
    calls("..", ".", "a/b", "a_b", "ok", "..", "A_b");
    String before = Files.readString(run.calls());
    List<Path> parts = SplitRun.split(run, "clients");
    assertThat(parts).hasSize(6).doesNotHaveDuplicates();
    assertThat(ids(folder.resolve("clients/%2E%2E"))).containsExactly(0L, 5L);
    assertThat(ids(folder.resolve("clients/%2E"))).containsExactly(1L);
    assertThat(ids(folder.resolve("clients/a%2Fb"))).containsExactly(2L);
    assertThat(ids(folder.resolve("clients/a_b"))).containsExactly(3L);
    assertThat(run.calls()).content().isEqualTo(before);
  }

  @Test
  void aLabelThatIsTheNameOfAFileOfTheRunReplacesNothing() throws IOException {
    Files.write(
        run.calls(), CallRecordCodec.encode(CallFixture.call().label("calls.jsonl", "x").record()));
    String before = Files.readString(run.calls());
    assertThat(SplitRun.split(run, "calls.jsonl"))
        .containsExactly(folder.resolve("calls.jsonl%.2/x"));
    assertThat(run.calls()).content().isEqualTo(before);
  }

  @Test
  void aLabelWithTooManyValuesIsRefused() throws IOException {
    String[] values = new String[201];
    for (int i = 0; i < values.length; i++) {
      values[i] = String.valueOf(i);
    }
    calls(values);
    assertThatThrownBy(() -> SplitRun.split(run, "clients"))
        .hasMessage("the label clients has more than 200 values");
  }
}
