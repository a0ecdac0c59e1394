package dev.gatlingllm.report.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.report.NastyRuns;
import dev.gatlingllm.text.Neutral;
import dev.gatlingllm.text.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from elsewhere is text in every format of a comparison. */
class NeutralComparisonTest {

  @TempDir private Path temp;

  @Test
  void aComparisonHoldsOnlyText() throws Exception {
    Path first = NastyRuns.in(temp);
    Path second = NastyRuns.in(temp.resolve("more"));
    Path folder = temp.resolve("out");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(console, true, UTF_8);
    List<String> arguments =
        List.of(
            first.toString(),
            second.toString(),
            "--out",
            folder.toString(),
            "--fail-if-worse",
            "ttft.p50=10%");
    CommandCall.run("compare", arguments, out, out);

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrderElementsOf(
            Comparison.WRITERS.stream().map(TextFormat::fileName).toList());
    Neutral.files(folder);
    Neutral.console("console", console.toString(UTF_8));
  }
}
