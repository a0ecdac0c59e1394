package dev.gatlingllm.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as processes of their own. */
class MainTest {

  @TempDir private Path temp;

  @Test
  void theFirstArgumentIsTheCommand() throws Exception {
    assertThat(run(List.of(), "tokenise", "hello", "world")).isZero();
    assertThat(printed("out")).isEqualTo("tokens: 2\n");
  }

  @Test
  void underMavenTheIdOfTheExecutionIsTheCommand() throws Exception {
    assertThat(run(List.of("-Dgatling-llm.command=tokenise"), "hello", "world")).isZero();
    assertThat(printed("out")).isEqualTo("tokens: 2\n");
  }

  @Test
  void underMavenWithoutAnIdTheFirstArgumentIsTheCommand() throws Exception {
    assertThat(run(List.of("-Dgatling-llm.command=default-cli"), "tokenise", "hello")).isZero();
    assertThat(printed("out")).isEqualTo("tokens: 1\n");
  }

  @Test
  void badInputEndsTheProcessWithTwo() throws Exception {
    assertThat(run(List.of(), "report")).isEqualTo(2);
    assertThat(printed("err")).contains("report: Missing required parameter: 'RUN'");
  }

  private int run(List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(temp.resolve("out").toFile())
        .redirectError(temp.resolve("err").toFile())
        .start()
        .waitFor();
  }

  private String printed(String stream) throws IOException {
    return Files.readString(temp.resolve(stream), UTF_8);
  }
}
