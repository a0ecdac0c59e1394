package dev.gatlingllm.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work ends before anything is sent, with one line that says what to change. */
class BadInputIT {

  private static final String MAIN = "rpm.ShapeProfileSimulation";
  private static final String SCENARIOS = "compare.BedrockScenarioSimulation";

  @TempDir private Path folder;

  private void refused(String message, String simulation, String... settings) throws Exception {
    refused(message, GatlingProcess.start(folder, simulation, settings));
  }

  private static void refused(String message, GatlingProcess gatling) throws Exception {
    assertThat(gatling.exitCode()).isNotZero();
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
  void aNegativeRate() throws Exception {
    refused("llm.load.rpm must be a number above 0, was -5", MAIN, "llm.load.rpm=-5");
  }

  @Test
  void connectionsAheadOfTheFirstCallToBedrock() throws Exception {
    refused(
        "llm.warmUp.target = connect cannot be had with bedrock",
        SCENARIOS,
        "llm.warmUp.target=connect");
  }

  @Test
  void anUnknownShape() throws Exception {
    refused("llm.profile.shape must be one of", MAIN, "llm.profile.shape=tall");
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

  @Test
  void azuresV1PathWithoutAKeyOrAnIdentity() throws Exception {
    refused(
        "no credentials for llm.openai.baseUrl = https://example.openai.azure.com/openai/v1: set"
            + " the environment variable AZURE_OPENAI_API_KEY",
        MAIN,
        "llm.provider=openai",
        "llm.openai.baseUrl=https://example.openai.azure.com/openai/v1",
        "llm.openai.model=gpt",
        "user.home=" + folder);
  }

  @Test
  void anImageInAFileThatTheApiDoesNotTake() throws Exception {
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
  void theAddressOfAnImageInAPayloadForBedrock() throws Exception {
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
  void plainHttpToAnotherMachine() throws Exception {
    refused(
        "llm.openai.baseUrl",
        MAIN,
        "llm.provider=openai",
        "llm.openai.baseUrl=http://example.invalid/v1",
        "llm.openai.model=m");
  }

  @Test
  void aRunFolderThatCannotBeMade() throws Exception {
    Path file = folder.resolve("a-file");
    Files.writeString(file, "x");
    refused("llm.record.folder cannot be made", MAIN, "llm.record.folder=" + file);
  }

  @Test
  void aScenarioLineThatIsNotJson() throws Exception {
    Path file = folder.resolve("broken.jsonl");
    Files.writeString(
        file,
        """
        {"text_prompt":"a","task_type":"t","model_id":"m","region":"us-east-1"}
        {"text_prompt":"a", oops
        """);
    refused("broken.jsonl line 2", SCENARIOS, "llm.scenarios.file=" + file);
  }

  @Test
  void aFeederThatCannotBeRead() throws Exception {
    refused("no-such-file.jsonl", SCENARIOS, "llm.scenarios.file=no-such-file.jsonl");
  }
}
