package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Set<String> commands() {
    return Commands.line(InputStream.nullInputStream(), Clock.systemUTC(), System.out, System.err)
        .getSubcommands()
        .keySet();
  }

  /** Of the simulator each setting is an option: see {@link SimulatorCommandTest}. */
  static Stream<String> commandsWithOptions() {
    return commands().stream().filter(command -> !command.equals("simulator"));
  }

  @Test
  void theHelpNamesEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains(commands()).contains("exec:java@COMMAND");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHelpThatAnyConsoleCanShow(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Usage: gatling-llm " + command + " ");
    assertThat(US_ASCII.newEncoder().canEncode(out.toString(UTF_8))).isTrue();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commandsWithOptions")
  void everyCommandRefusesAnUnknownOptionByItsName(String command) {
    assertThat(run(command, "--no-such-option=secret")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith(command + ": there is no option --no-such-option")
        .contains("usage: gatling-llm " + command + " [-hV] ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theReadmeNamesEveryCommand(String command) throws IOException {
    assertThat(Path.of("README.md")).content().containsPattern("[@`]" + command + "\\b");
  }

  @Test
  void theReadmeNamesNoOtherCommand() throws IOException {
    for (String page : List.of("README.md", "reports/README.md", "simulations/README.md")) {
      assertThat(Files.readString(Path.of(page)).lines().filter(line -> line.contains("exec:java")))
          .as(page)
          .allSatisfy(line -> assertThat(line).containsPattern(named()));
    }
  }

  private static String named() {
    String name = "(NAME|" + String.join("|", commands()) + ")\\b";
    return "exec:java(@| -Dexec.mainClass=dev.gatlingllm.Main -Dexec.args=\"?)" + name;
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("gatling-llm ").contains("Gatling ");
  }

  @Test
  void anUnknownCommandIsRefusedWithThoseThatThereAre() {
    assertThat(run("raport", "x")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("gatling-llm: there is no command raport; ")
        .contains("commands: " + String.join(", ", commands()));
  }

  @Test
  void aMisspeltOptionIsRefusedWithTheOneThatWasMeant() {
    assertThat(run("report", "x", "--show-al")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("no option --show-al (did you mean --show-all?)");
  }

  @Test
  void withoutACommandTheLineSaysWhichThereAre() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .contains("Missing required subcommand", "commands: report, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--out", "--prices", "--zone", "--server-metrics"})
  void anOptionWithoutItsValueIsRefusedByItsName(String option) {
    assertThat(run("report", "x", option)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("parameter for option '" + option + "'");
  }

  @Test
  void anOptionThatMakesSenseOnceIsRefusedTwice() {
    assertThat(run("report", "x", "--out", "a", "--out", "b")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("'--out' (FOLDER) should be specified only once");
  }

  @Test
  void anArgumentTooManyIsRefused() {
    assertThat(run("baseline", "a", "b", "c")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("one argument too many: c");
  }

  @Test
  void anAtSignIsPartOfAnArgumentAndNotAFileOfArguments() {
    assertThat(run("export", "@pom.xml", "--format", "llmeter")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("@pom.xml is not the folder of a run");
  }

  private int run(String... arguments) {
    return Commands.run(
        List.of(arguments),
        InputStream.nullInputStream(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
