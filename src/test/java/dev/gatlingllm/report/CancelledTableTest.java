package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelledTableTest {

  @TempDir private Path folder;

  private static CallFixture answered(int number) {
    double start = number * 100;
    return call().id(number).from(start, start + 500).streamed(200, 500).tokens(10, 20);
  }

  /** Of 40 calls each second one is to be cancelled after 400 ms; five of these end before. */
  private RunReport report() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      CallFixture one = answered(i);
      if (i % 2 == 1 && i < 10) {
        one = call().id(i).from(i * 100, i * 100 + 300).tokens(10, 20).toCancel(400);
      } else if (i % 2 == 1) {
        one =
            call()
                .id(i)
                .from(i * 100, i * 100 + 400)
                .streamed(200, 400)
                .tokens(10, 3)
                .toCancel(400)
                .cancelled();
      }
      calls.add(one.record());
    }
    SampleRuns.write(folder, calls);
    return RunReport.of(List.of(folder));
  }

  @Test
  void aRunWithoutSuchClientsHasNoTable() throws IOException {
    SampleRuns.write(folder, List.of(answered(0).record()));
    assertThat(CancelledTable.of(RunReport.of(List.of(folder)))).isEmpty();
  }

  @Test
  void theTableSaysWhatWasDrawnWhatWasCancelledAndWhatHadCome() throws IOException {
    assertThat(CancelledTable.of(report()).orElseThrow().texts().get(0).subList(1, 7))
        .containsExactly("40", "20", "15", "37.5", "15", "45");
  }

  @Test
  void everyReportTellsThemApart() throws IOException {
    RunReport report = report();
    assertThat(new SummaryJson().text(report))
        .contains("\"cancelled\" : 15", "\"drawn\" : 20", "\"partialOutputTokens\" : 45");
    assertThat(new SummaryMarkdown().text(report)).contains("Cancelled by the client");
    assertThat(new ConsoleTable().text(report)).contains("Cancelled by the client");
    assertThat(new IndexHtml().text(report)).contains("id=\"cancelled\"");
    assertThat(SummaryCsv.overall(report)).containsEntry("cancelled", "15");
    assertThat(report.conclusion().text()).contains("15 cancelled by the client");
  }
}
