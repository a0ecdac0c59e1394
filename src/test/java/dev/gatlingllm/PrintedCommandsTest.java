package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that documents and pipelines print. */
class PrintedCommandsTest {

  private static final List<String> FOLDERS =
      List.of(".ci", ".github/workflows", "reports", "simulations");

  private static final Pattern SETTING = Pattern.compile("-D(llm\\.[A-Za-z0-9.]*[A-Za-z0-9])=");

  static Stream<Path> documents() throws IOException {
    Stream<Path> all = Stream.of(Path.of("README.md"));
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        all = Stream.concat(all, files.filter(PrintedCommandsTest::isText).toList().stream());
      }
    }
    return all;
  }

  private static boolean isText(Path file) {
    return file.toString().endsWith(".md") || file.toString().endsWith(".yml");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void nameNoSettingThatDoesNotExist(Path document) throws IOException {
    TreeSet<String> unknown = new TreeSet<>();
    SETTING
        .matcher(Files.readString(document))
        .results()
        .map(setting -> setting.group(1))
        .filter(key -> !exists(key))
        .forEach(unknown::add);
    assertThat(unknown).isEmpty();
  }

  /** The value is none: what is wrong with it is another matter. */
  private static boolean exists(String key) {
    try {
      GivenSettings.of(Map.of(key, "?"));
      return true;
    } catch (ConfigurationException e) {
      return !e.getMessage().contains("unknown key");
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void gateOnTheVerdictWhereTheyGateOnALimit(Path document) throws IOException {
    // A capacity search looks at the client itself, probe by probe.
    assertThat(
            commandsOf(document)
                .filter(command -> command.contains("-Dllm.slo."))
                .filter(command -> !command.contains("=capacity.")))
        .allSatisfy(command -> assertThat(command).contains("-Dllm.gate.verdict="));
  }

  @Test
  void areFound() throws IOException {
    assertThat(commandsOf(Path.of("README.md")).filter(line -> line.contains("-Dllm.slo.")))
        .hasSize(1);
    assertThat(
            commandsOf(Path.of(".github/workflows/rag.yml"))
                .filter(line -> line.contains("-Dllm.slo.")))
        .hasSize(1);
  }

  /** The action passes it on to the run, beside the limits. */
  @Test
  void theGateAsksForTheVerdict() throws IOException {
    assertThat(Path.of(".github/workflows/gate.yml"))
        .content()
        .contains("-Dllm.slo.", "verdict: degraded", "max-tokens: ");
    assertThat(Path.of(".ci/gate")).content().contains("-Dllm.gate.verdict=", "-Dllm.spend.");
  }

  /** Each of the lines that begin a command, with those that go on with it. */
  private static Stream<String> commandsOf(Path document) throws IOException {
    return Pattern.compile("mvn (?:\\\\\\n|[^\\n])*")
        .matcher(Files.readString(document))
        .results()
        .map(MatchResult::group);
  }
}
