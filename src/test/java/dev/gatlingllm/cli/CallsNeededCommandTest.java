package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsNeededCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theTableOfTheConceptsIsWhatItPrints() throws IOException {
    assertThat(run()).isZero();
    String table = out.toString(UTF_8);
    assertThat(table.lines()).hasSize(22);
    assertThat(Files.readString(Path.of("simulations", "concepts.md"))).contains(table);
  }

  @Test
  void effectSpreadPercentileAndDependenceCanBeGiven() {
    assertThat(run("--effect=20", "--spread=2.2758", "--percentile=50", "--dependence=10"))
        .isZero();
    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "| percentile | p95 / p50 | +20 % |", "|---|---|--:|", "| p50 | 2.276 | 2,045 |");
  }

  @Test
  void aSpreadThatIsNoneIsRefusedInALine() {
    assertThat(run("--spread=1")).isEqualTo(2);
    assertThat(err.toString(UTF_8).strip()).isEqualTo("calls-needed: spread must be > 1, was 1.0");
  }

  private int run(String... arguments) {
    return CommandCall.run(
        "calls-needed",
        List.of(arguments),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
