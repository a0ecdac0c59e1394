package dev.gatlingllm.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCheckTest {

  @TempDir private Path folder;

  @Test
  void aRunWhoseFolderCanBeWrittenMayStart() {
    assertThatCode(() -> Run.check(settings("llm.cost.prices", ""), "example.Played"))
        .doesNotThrowAnyException();
  }

  @Test
  void pricesThatCannotBeReadAreRefusedByTheirKey() throws IOException {
    Path prices = Files.writeString(folder.resolve("prices.conf"), "currency = {");
    assertThatThrownBy(
            () -> Run.check(settings("llm.cost.prices", prices.toString()), "example.Played"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.cost.prices: ")
        .hasMessageContaining("prices.conf");
  }

  @Test
  void aFolderBelowAFileIsRefusedByItsKey() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () ->
                Run.check(
                    settings("llm.record.folder", file.resolve("runs").toString()),
                    "example.Played"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.record.folder cannot be made: ");
  }

  @Test
  void aBaselineThatIsNotThereIsRefusedBeforeAnythingIsSent() {
    Path none = folder.resolve("none");
    assertThatThrownBy(
            () -> Run.check(settings("llm.gate.baseline", none.toString()), "example.Played"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.gate.baseline: there is no baseline "
                + none
                + ". exec:java@baseline makes one from a run");
  }

  private LlmConfig settings(String key, String value) {
    Properties properties = new Properties();
    properties.setProperty("llm.record.folder", folder.toString());
    properties.setProperty(key, value);
    return LlmConfig.read(properties);
  }
}
