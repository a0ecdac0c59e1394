package dev.gatlingllm.report.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.report.NastyRuns;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.text.Neutral;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from elsewhere is text in every format of the latency table. */
class NeutralLatencyTest {

  @TempDir private Path temp;

  @Test
  void aLatencyTableHoldsOnlyText() throws Exception {
    Path run = NastyRuns.in(temp);
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    LatencyReport.write(
        run, PercentileRule.WITHHOLD_WHEN_FEW, new PrintStream(console, true, UTF_8));

    Neutral.files(run);
    Neutral.console("console", console.toString(UTF_8));
  }
}
