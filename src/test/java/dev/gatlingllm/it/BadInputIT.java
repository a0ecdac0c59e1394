package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot work ends a run before anything is sent, with one line that says what to change. The
 * settings one by one are in {@code BadSettingsTest}.
 */
class BadInputIT {

  private static final String MAIN = "rpm.ShapeProfileSimulation";

  @TempDir private Path folder;

  private void refused(String message, String simulation, String... settings) throws Exception {
    refused(message, GatlingProcess.start(folder, simulation, settings));
  }

  private static void refused(String message, GatlingProcess gatling) throws Exception {
    assertThat(gatling.exitCode()).isEqualTo(1);
    List<String> ours = gatling.console().lines().filter(line -> line.startsWith("[llm]")).toList();
    assertThat(ours).as(gatling.console()).hasSize(1);
    assertThat(ours.get(0)).contains(message);
    assertThat(gatling.console()).doesNotContain("\tat ");
    assertThat(gatling.hasRun()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {MAIN, "dev.gatlingllm.it.FlowSimulation"})
  void aHeapThatNoRunFitsInto(String simulation) throws Exception {
    refused(
        "the heap is 64 MB; a run needs at least 192 MB: -Dgatling.jvmArgs=-Xmx1G",
        GatlingProcess.start(folder, List.of(), "-Xmx64m", simulation));
  }

  @Test
  void anUnknownKey() throws Exception {
    refused("unknown key llm.load.rmp", MAIN, "llm.load.rmp=60");
  }

  @Test
  void aRealAzureEndpointWithoutAKeyOrAnIdentity() throws Exception {
    refused(
        "AZURE_OPENAI_API_KEY",
        MAIN,
        "llm.provider=azure-openai",
        "llm.azure.endpoint=https://example.invalid",
        "llm.azure.deployment=gpt",
        "user.home=" + folder);
  }
}
