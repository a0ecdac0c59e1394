package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever the client is short of, its numbers are not passed off as the service's. */
@Isolated("judges how the client was: nothing else may use the processors")
class ClientHealthIT {

  private static final String MAIN_JOB = "rpm.ShapeProfileSimulation";

  @TempDir private Path folder;

  private static JsonNode verdict(GatlingProcess gatling) throws IOException {
    return new ObjectMapper().readTree(gatling.file("summary.json")).get("verdict");
  }

  private static String level(GatlingProcess gatling) throws IOException {
    return verdict(gatling).get("level").asText();
  }

  private static String levelOf(String figure, GatlingProcess gatling) throws IOException {
    return verdict(gatling).get("figures").get(figure).get("level").asText();
  }

  @Test
  void aClientWithTooLittleMemoryIsNotTrusted() throws Exception {
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            List.of(),
            "-Xmx200M",
            HungrySimulation.class.getName(),
            "llm.warmUp.atMost=0s",
            "llm.simulator.capacity=20",
            "llm.simulator.ttft=5ms",
            "llm.simulator.prefillPerToken=0us",
            "llm.simulator.tokensPerSecond=2000",
            "llm.simulator.tokensPerChunk=1");

    gatling.exitCode();
    assertThat(level(gatling)).as(gatling.console()).isIn("degraded", "invalid");
    assertThat(
            List.of(levelOf("gcPausePercent", gatling), levelOf("gcPauseLongestMillis", gatling)))
        .as(gatling.file("summary.json"))
        .containsAnyOf("degraded", "invalid");
  }

  @Test
  void aClientOnOneProcessorWithTheLoadOfManyIsNotTrusted() throws Exception {
    assumeTrue(canPin(), "there is no taskset to pin a process to one processor");
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            List.of("taskset", "-c", "0"),
            "-Xmx1G",
            MAIN_JOB,
            "llm.warmUp.atMost=0s",
            "llm.load.clients=400",
            "llm.load.duration=4s",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=50",
            "llm.profile.maxTokens=100",
            "llm.simulator.capacity=400",
            "llm.simulator.ttft=20ms",
            "llm.simulator.tokensPerChunk=1");

    gatling.exitCode();
    assertThat(level(gatling)).as(gatling.console()).isIn("degraded", "invalid");
    assertThat(levelOf("cpuMedianPercent", gatling)).isNotEqualTo("trusted");
    assertThat(levelOf("eventLoopDelayP99Millis", gatling)).isNotEqualTo("trusted");
  }

  private static boolean canPin() throws InterruptedException {
    try {
      Process taskset =
          new ProcessBuilder("taskset", "-c", "0", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return taskset.waitFor(10, TimeUnit.SECONDS) && taskset.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Test
  void aClientWhoseEventLoopsAreBlockedIsNotTrusted() throws Exception {
    GatlingProcess gatling = GatlingProcess.start(folder, BlockingSimulation.class.getName());

    assertThat(gatling.exitCode()).as(gatling.console()).isZero();
    assertThat(level(gatling)).isIn("degraded", "invalid");
    assertThat(levelOf("eventLoopDelayLongestMillis", gatling)).isEqualTo("degraded");
  }

  @Test
  void aClientWhoseDiskDoesNotTakeTheRecordsIsInvalid() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no shell to limit a file's size");
    // Files may not grow beyond 4 MiB: room for Gatling's log and every page, not for 6 MB of
    // calls.
    GatlingProcess gatling =
        GatlingProcess.start(
            folder,
            List.of("/bin/sh", "-c", "ulimit -f 8192; exec \"$@\"", "sh"),
            "-Xmx1G",
            MAIN_JOB,
            "llm.warmUp.atMost=0s",
            "llm.record.content=true",
            "llm.load.clients=20",
            "llm.load.requests=200",
            "llm.load.duration=1min",
            "llm.profile.shape=custom",
            "llm.profile.contextTokens=10000",
            "llm.profile.maxTokens=3",
            "llm.simulator.capacity=20",
            "llm.simulator.ttft=1ms",
            "llm.simulator.prefillPerToken=0us",
            "llm.gate.verdict=degraded");

    assertThat(gatling.exitCode()).as(gatling.console()).isEqualTo(2);
    assertThat(level(gatling)).isEqualTo("invalid");
    assertThat(verdict(gatling).get("figures").get("recordsLost").get("value").asInt())
        .isPositive();
    assertThat(verdict(gatling).get("reasons").get(0).asText())
        .contains("records were lost, so the report is incomplete");
    assertThat(verdict(gatling).get("reasons").get(1).asText()).startsWith("Records were lost");
    assertThat(gatling.file("junit.xml"))
        .contains("failures=\"2\"", "verdict is trusted or degraded", "Records were lost");
    assertThat(gatling.console())
        .contains("[llm] the run has failed: llm.gate.verdict: the verdict is invalid");
  }
}
