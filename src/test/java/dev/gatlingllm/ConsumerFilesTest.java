package dev.gatlingllm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The projects under {@code src/it}, which are what README tells users to write. */
class ConsumerFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "src/test/java/HelloSimulation.java"})
  void areWhatTheReadmePrints(String file) throws IOException {
    assertThat(Files.readString(Path.of("README.md")))
        .contains("\n" + Files.readString(Path.of("src/it/template", file)) + "```\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "kotlin", "scala", "template"})
  void nameTheVersionsOfThisBuild(String project) throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    String version = only("\n  <version>([^<]+)</version>", build);
    String plugin = only("<gatling-maven-plugin.version>([^<]+)<", build);
    String consumer = Files.readString(Path.of("src/it", project, "pom.xml"));

    assertThat(
            only(
                "(?:gatling-llm</artifactId>\\s*<version>|<gatling-llm.version>)([^<$]+)<",
                consumer))
        .isEqualTo(version);
    assertThat(only("gatling-maven-plugin</artifactId>\\s*<version>([^<]+)<", consumer))
        .isEqualTo(plugin);
  }

  @Test
  void theDemoNamesTheGatlingOfThisBuild() throws IOException {
    assertThat(only("<gatling.version>([^<]+)<", Files.readString(Path.of("src/it/demo/pom.xml"))))
        .isEqualTo(only("<gatling.version>([^<]+)<", Files.readString(Path.of("pom.xml"))));
  }

  private static String only(String pattern, String text) {
    List<MatchResult> found = Pattern.compile(pattern).matcher(text).results().toList();
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0).group(1);
  }
}
