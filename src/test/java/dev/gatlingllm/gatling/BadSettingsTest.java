package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.gatling.engine.ForgottenLoads;
import dev.gatlingllm.target.TargetOfSettings;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings that cannot work: the simulation is not even made, in one line that says what to change.
 * That such an error ends a real run is in {@code BadInputIT}.
 */
@Isolated("simulations read the properties of this JVM")
class BadSettingsTest {

  private static final String MAIN = "rpm.ShapeProfileSimulation";
  private static final String SCENARIOS = "compare.BedrockScenarioSimulation";

  @TempDir private Path folder;

  private void refused(String message, String simulation, String... settings) {
    assertThat(refusal(simulation, settings)).contains(message);
  }

  private String refusal(String simulation, String... settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("llm.record.folder", folder.resolve("runs").toString());
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      all.put(parts[0], parts[1]);
    }
    Throwable thrown = catchThrowable(() -> PlansOfSettings.plan(simulation, all));

    assertThat(thrown).isInstanceOf(InvocationTargetException.class);
    assertThat(thrown.getCause()).isInstanceOf(ConfigurationException.class);
    assertThat(thrown.getCause().getMessage()).doesNotContain("\n");
    assertThat(folder.resolve("runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
    return thrown.getCause().getMessage();
  }

  @Test
  void aNegativeRate() {
    refused("llm.load.rpm must be a number above 0, was -5", MAIN, "llm.load.rpm=-5");
  }

  @Test
  void aCapOnMoneyWithoutPrices() {
    refused(
        "llm.spend.maxCost needs prices, and llm.cost.prices is unset",
        MAIN,
        "llm.spend.maxCost=5");
  }

  @Test
  void aCapOnMoneyWithoutAPriceOfTheModel() throws IOException {
    Path prices = folder.resolve("prices.conf");
    Files.writeString(prices, "currency = USD, models = [{ model = other }]");
    refused(
        "llm.spend.maxCost needs a price of ",
        MAIN,
        "llm.spend.maxCost=5",
        "llm.cost.prices=" + prices);
  }

  @Test
  void anUnknownShape() {
    refused("llm.profile.shape must be one of", MAIN, "llm.profile.shape=tall");
  }

  @Test
  void aTargetThatIsWrong() {
    refused(
        "llm.targets[1].weight must be a number above 0, was 0",
        MAIN,
        "llm.targets=[{model = a}, {model = b, weight = 0}]");
  }

  @ParameterizedTest
  @CsvSource({
    "latency.LatencyBenchmarkSimulation",
    "compare.BedrockScenarioSimulation",
    "rag.OrchestratorSimulation"
  })
  void targetsOfASimulationThatSaysItselfWhatItCalls(String simulation) {
    refused(
        "llm.targets must be empty with " + simulation + ", which says itself what it calls",
        simulation,
        "llm.targets.0.model=a");
  }

  @Test
  void connectionsAheadOfTheFirstCallToBedrock() {
    refused(
        "llm.warmUp.target = connect does not work with bedrock",
        SCENARIOS,
        "llm.warmUp.target=connect");
  }

  @Test
  void azuresV1PathWithoutAKeyOrAnIdentity() {
    Map<String, String> azure =
        Map.of(
            "llm.provider", "openai",
            "llm.openai.baseUrl", "https://example.openai.azure.com/openai/v1",
            "llm.openai.model", "gpt");

    assertThat(
            catchThrowable(
                () -> TargetOfSettings.of(GivenSettings.of(azure), variable -> null, folder)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "no credentials for llm.openai.baseUrl = https://example.openai.azure.com/openai/v1:"
                + " set the environment variable AZURE_OPENAI_API_KEY");
  }

  @Test
  void anImageInAFileThatTheApiDoesNotTake() {
    refused(
        "feeders/messages-images.jsonl line 1: attachments cannot hold"
            + " messages[0].content[1].image_url.url = attachments/bars.png: accepted are no files"
            + " for Titan's body",
        "replay.MessagesReplaySimulation",
        "llm.simulator.wire=bedrock",
        "llm.bedrock.api=invoke",
        "llm.bedrock.bodyFormat=titan",
        "llm.messages.file=feeders/messages-images.jsonl");
  }

  @Test
  void theAddressOfAnImageInAPayloadForBedrock() throws IOException {
    Path file = folder.resolve("linked.jsonl");
    Files.writeString(
        file,
        """
        {"messages":[{"role":"user","content":"fine"}]}
        {"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}]}]}
        """);
    refused(
        "linked.jsonl line 2: attachments cannot hold messages[0].content[0].image_url.url ="
            + " https://example.org/a.png, an address: accepted are",
        "payloads.PayloadFilesSimulation",
        "llm.simulator.wire=bedrock",
        "llm.payloads.path=" + file);
  }

  @Test
  void anAddressThatIsNotHttp() {
    refused(
        "llm.openai.baseUrl",
        MAIN,
        "llm.provider=openai",
        "llm.openai.baseUrl=ftp://example.invalid/v1",
        "llm.openai.model=m");
  }

  @Test
  void aRunFolderThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "x");

    refused("llm.record.folder cannot be made", MAIN, "llm.record.folder=" + file);
  }

  @Test
  void aScenarioLineThatIsNotJson() throws IOException {
    Path file = folder.resolve("broken.jsonl");
    Files.writeString(
        file,
        """
        {"text_prompt":"a","task_type":"t","model_id":"m","region":"us-east-1"}
        {"text_prompt":"a", oops
        """);
    refused("broken.jsonl line 2", SCENARIOS, "llm.scenarios.file=" + file);
  }

  @ParameterizedTest
  @CsvSource({
    "batch.BatchSimulation, llm.batch.batches",
    "compare.AbSimulation, llm.ab.pairs",
    "compare.BedrockScenarioSimulation, llm.scenarios.parallelCalls",
    "heatmap.LatencyHeatmapSimulation, llm.heatmap.clients",
    "latency.LatencyBenchmarkSimulation, llm.latency.iterations",
    "payloads.PayloadFilesSimulation, llm.payloads.clients",
    "rag.OrchestratorSimulation, llm.rag.users",
    "replay.TraceReplaySimulation, llm.replay.speed",
    "sweep.ConcurrencySweepSimulation, llm.sweep.minCallsPerLevel"
  })
  void aSettingOfAnExperimentIsNamedOnce(String simulation, String key) {
    assertThat(refusal(simulation, key + "=0")).startsWith(key + " must be a");
  }

  @Test
  void aComparisonOfOtherThanTwoTargets() {
    assertThat(refusal("compare.AbSimulation", "llm.targets.0.model=a"))
        .startsWith("llm.targets must be two with an A/B comparison")
        .endsWith("had 1");
    assertThat(refusal("compare.AbSimulation", "llm.ab.worse=speed=1%"))
        .startsWith("llm.ab.worse must be failures=N% or one of");
  }

  @Test
  void aFeederThatCannotBeRead() {
    refused("no-such-file.jsonl", SCENARIOS, "llm.scenarios.file=no-such-file.jsonl");
  }

  @Test
  void aLengthThatHoldsNoPrompt() {
    String heatmap = "heatmap.LatencyHeatmapSimulation";

    refused(
        "llm.heatmap.inputTokens must be at least 8 each", heatmap, "llm.heatmap.inputTokens=7,50");
    refused("was 7", heatmap, "llm.heatmap.inputTokens=7,50");
  }

  @Test
  void aRegionThatIsNotConfigured() {
    refused(
        "llm.latency.regions must be regions of llm.regions, which has eastus, was \"westus\"",
        "latency.LatencyBenchmarkSimulation",
        "llm.regions.eastus=simulated",
        "llm.latency.regions=westus");
  }

  @Test
  void aClassThatIsNoClient() {
    refused(
        "llm.provider must be a class that implements dev.gatlingllm.provider.LlmClient, was"
            + " \"java.lang.String\"",
        MAIN,
        "llm.provider=class:java.lang.String");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.request.thinkingBudget=99|llm.request.thinkingBudget cannot be sent: there is none in"
            + " chat completions",
        "llm.request.attachments.folder=simulations|llm.request.attachments cannot hold README.md:"
            + " accepted are gif, jpeg, mp3, pdf, png, wav, webp for chat completions"
      })
  void whatCannotBeAsked(String setting, String message) {
    refused(message, MAIN, setting);
  }

  @Test
  void noModelAtAServerThatHasSeveral() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> {
          byte[] body =
              "{\"object\":\"list\",\"data\":[{\"id\":\"b\"},{\"id\":\"a\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      refused(
          "llm.openai.model must be set: the server has a, b",
          MAIN,
          "llm.provider=openai",
          "llm.openai.baseUrl=http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sweep.ConcurrencySweepSimulation",
        "heatmap.LatencyHeatmapSimulation",
        "rag.OrchestratorSimulation",
        "latency.LatencyBenchmarkSimulation",
        "replay.TraceReplaySimulation",
        "replay.MessagesReplaySimulation",
        "batch.BatchSimulation"
      })
  void aLoadThatCannotGoOn(String simulation) {
    ForgottenLoads.forget();
    refused(
        "llm.gate.undecided = extend needs one load that can go on, and " + simulation,
        simulation,
        "llm.gate.undecided=extend",
        "llm.gate.atMost.calls=500");
  }

  @Test
  void anAbComparisonThatCannotGoOn() {
    ForgottenLoads.forget();
    refused(
        "llm.gate.undecided = extend needs one load that can go on, and compare.AbSimulation",
        "compare.AbSimulation",
        "llm.targets.0.model=a",
        "llm.targets.1.model=b",
        "llm.gate.undecided=extend",
        "llm.gate.atMost.calls=500");
  }

  @Test
  void aLoadThatGoesOnWithoutABound() {
    refused(
        "llm.gate.undecided = extend needs a bound, and llm.gate.atMost has none",
        MAIN,
        "llm.gate.undecided=extend");
  }

  @Test
  void aBoundOfALoadThatDoesNotGoOn() {
    refused(
        "llm.gate.atMost bounds a load that goes on until its limits are decided, and"
            + " llm.gate.undecided is fail",
        MAIN,
        "llm.gate.undecided=fail",
        "llm.gate.atMost.tokens=500");
  }

  @Test
  void aBoundThatIsNone() {
    refused(
        "llm.gate.atMost.calls must be a whole number of at least 1, was 0",
        MAIN,
        "llm.gate.undecided=extend",
        "llm.gate.atMost.calls=0");
  }
}
