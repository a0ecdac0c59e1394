package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.Main;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own. */
class SimulatorCommandTest {

  private static final String READY = "simulated endpoint ready at ";

  @Test
  void saysItsAddressInOneLineAnswersAndStopsWhenTold(@TempDir Path folder) throws Exception {
    Path truth = folder.resolve("truth.jsonl");
    Process process = start("--ttft=0s", "--tokensPerSecond=1000000", "--truth=" + truth);
    try (BufferedReader output = process.inputReader(UTF_8)) {
      String line = output.readLine();
      assertThat(line).startsWith(READY + "http://127.0.0.1:");

      URI uri = URI.create(line.substring(READY.length())).resolve("/v1/chat/completions");
      assertThat(answer(uri)).contains("\"completion_tokens\":3");

      // Not process.destroy(), which closes the stream that is still to be read.
      assertThat(process.toHandle().destroy()).isTrue();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(output.readLine()).isNull();
      assertThat(Files.readString(truth)).contains("\"outputTokens\":3");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aWrongSettingEndsItWithTwoAndAMessage() throws Exception {
    refused("--capacity=none", "llm.simulator.capacity must be a whole number of at least 1,");
    refused(
        "--prot=1", "unknown key llm.simulator.prot; llm.simulator accepts apiKey, bind, burst");
    refused("capacity=1", "arguments must have the form --key=value, was 'capacity=1'");
  }

  private static void refused(String argument, String message) throws Exception {
    Process process = start(argument);
    try (BufferedReader errors = process.errorReader(UTF_8)) {
      assertThat(firstOwnLine(errors)).startsWith("simulator: " + message);
      assertThat(process.waitFor()).isEqualTo(2);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortThatIsTakenEndsItWithOneAndAMessage() throws Exception {
    try (Simulator taken = Simulator.start(SimulatorConfig.of(), NanoClock.SYSTEM)) {
      Process process = start("--port=" + taken.port());
      try (BufferedReader errors = process.errorReader(UTF_8)) {
        assertThat(firstOwnLine(errors))
            .isEqualTo("simulator: cannot listen on 127.0.0.1:" + taken.port());
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
    command.addAll(List.of(Main.class.getName(), "simulator"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String answer(URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .POST(
                BodyPublishers.ofString(
                    "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"max_tokens\":3}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
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
