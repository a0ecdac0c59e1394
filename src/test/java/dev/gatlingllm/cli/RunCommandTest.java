package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(strings = {"rpm.NoSuchSimulation", "java.lang.String", "rpm", "a b"})
  void whatIsNoSimulationIsNamed(String simulation) {
    assertThat(run(simulation)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "run: SIMULATION must be the full name of a simulation on the class path, such as"
                + " rpm.ShapeProfileSimulation, was '"
                + simulation
                + "'\n");
  }

  @Test
  void aSimulationMustBeNamed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("run: Missing required parameter: 'SIMULATION'");
  }

  private int run(String... arguments) {
    PrintStream stream = new PrintStream(err, true, UTF_8);
    return CommandCall.run("run", List.of(arguments), stream, stream);
  }
}
