package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTableTest {

  @TempDir private Path temp;

  @Test
  void noLineIsWiderThan110Columns() throws IOException {
    String longText = "a-very-long-text-without-any-space-".repeat(6);
    SampleRuns.write(
        temp.resolve(longText.substring(0, 200)),
        List.of(
            CallFixture.call().name(longText, longText).record(),
            CallFixture.call().ended(Outcome.REJECTED, longText).record()));
    Path run = temp.resolve(longText.substring(0, 200));
    String unreadable = table(run);
    new RunFiles(run)
        .writeInfo(
            SampleRuns.info(
                Optional.empty(),
                Map.of(),
                List.of(new AssertionResult(longText, false, longText))));
    assertThat((table(run) + unreadable).lines())
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.length() <= 110)
        .anyMatch(line -> line.startsWith("FAILED"))
        .anyMatch(line -> line.startsWith("note: "));
  }

  @Test
  void aDashIsExplained() throws IOException {
    String table = table(SampleRuns.killed(temp));
    assertThat(table).contains("- = n too small: p95 needs 100 calls");
    assertThat(table).doesNotContain("not measured");
  }

  @Test
  void itsOwnCharactersAreAscii() throws IOException {
    SampleRuns.killed(temp);
    Files.delete(new RunFiles(temp).runJson());
    assertThat(table(temp).chars()).allMatch(c -> c < 128);
  }

  private static String table(Path run) throws IOException {
    StringWriter text = new StringWriter();
    new ConsoleTable().write(RunReport.of(List.of(run)), text);
    return text.toString();
  }
}
