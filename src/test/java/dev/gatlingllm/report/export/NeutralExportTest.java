package dev.gatlingllm.report.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.report.NastyRuns;
import dev.gatlingllm.text.Neutral;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text from elsewhere is text in every format of another tool. */
class NeutralExportTest {

  @TempDir private Path temp;

  static Set<String> formats() {
    return Export.FORMATS.keySet();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void anExportHoldsOnlyText(String format) throws Exception {
    Path folder = temp.resolve("out");
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(console, true, UTF_8);
    List<String> arguments =
        List.of(NastyRuns.in(temp).toString(), "--format", format, "--out", folder.toString());

    assertThat(CommandCall.run("export", arguments, out, out)).as(console.toString(UTF_8)).isZero();
    Neutral.files(folder);
    Neutral.console("console", console.toString(UTF_8));
  }
}
