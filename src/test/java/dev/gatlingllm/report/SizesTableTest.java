package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizesTableTest {

  @TempDir private Path folder;

  private static CallFixture answered(int i, String shape) {
    return call().id(i).name("chat").label("shape", shape).from(100.0 * i, 100.0 * i + 90);
  }

  private RunReport report(List<CallRecord> calls) throws IOException {
    SampleRuns.write(folder, calls);
    return RunReport.of(List.of(folder));
  }

  @Test
  void eachRowSaysWhatWasAskedForAndWhatWasCounted() throws IOException {
    Stream<CallRecord> context =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    answered(i, "context")
                        .requested(2_000, 200)
                        .tokens(2_200, 100)
                        .served(200, "", "", i < 25 ? "length" : "stop")
                        .record());
    Stream<CallRecord> silent = Stream.of(answered(200, "none").record());
    RunReport report = report(Stream.concat(context, silent).toList());
    assertThat(SizesTable.of(report).orElseThrow().texts())
        .contains(
            List.of("chat [shape=context]", "2,000", "110", "110", "200", "50", "25.0"),
            List.of("chat [shape=none]", "–", "–", "–", "–", "–", "–"));
    StringWriter console = new StringWriter();
    new ConsoleTable().write(report, console);
    assertThat(console.toString()).contains("Sizes asked for and counted");
    StringWriter page = new StringWriter();
    new IndexHtml().write(report, page);
    assertThat(page.toString()).contains("<section id=\"sizes\">");
  }

  @Test
  void withoutSizesThereIsNoTable() throws IOException {
    RunReport report = report(List.of(answered(0, "none").tokens(10, 5).record()));
    assertThat(SizesTable.of(report)).isEmpty();
  }
}
