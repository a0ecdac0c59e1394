package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.timing.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The simulator as a process of its own. */
class SimulatorMainTest {

  private static final String READY = "simulated endpoint ready at ";

  @Test
  void saysItsAddressInOneLineAnswersAndStopsWhenTold() throws Exception {
    Process process = start("--time-to-first-token=0", "--tokens-per-second=1000000");
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String line = output.readLine();
      assertThat(line).startsWith(READY + "http://127.0.0.1:");

      String answer =
          new TestClient(URI.create(line.substring(READY.length())))
              .post("/v1/chat/completions", TestClient.chat(3, ""))
              .body();
      assertThat(answer).contains("\"completion_tokens\":3");

      // Not process.destroy(), which closes the stream that is still to be read.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void wrongArgumentsEndItWithTwoAndAMessage() throws Exception {
    Process process = start("--capacity=none");
    try (BufferedReader errors = process.errorReader(UTF_8)) {
      assertThat(firstOwnLine(errors)).isEqualTo("--capacity must be a number, was 'none'");
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortThatIsTakenEndsItWithOneAndAMessage() throws Exception {
    try (Simulator taken = Simulator.start(Settings.quick().build(), NanoClock.SYSTEM)) {
      Process process = start("--port=" + taken.port());
      try (BufferedReader errors = process.errorReader(UTF_8)) {
        assertThat(firstOwnLine(errors)).isEqualTo("cannot listen on 127.0.0.1:" + taken.port());
        assertThat(process.waitFor()).isEqualTo(1);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SimulatorMain.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  /** A newer JVM may have warnings of its own to print first, with an empty line after them. */
  private static String firstOwnLine(BufferedReader errors) {
    return errors
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("WARNING:"))
        .findFirst()
        .orElse("");
  }
}
