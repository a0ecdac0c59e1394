package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.experiment.payload.PayloadOrder;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadFilesTest {

  private static final String ONE = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text.replace('\'', '"'));
  }

  private LlmRequest only(String line) throws IOException {
    return PayloadFiles.read(file("p.jsonl", line)).get(0).request();
  }

  private static List<String> prompts(List<Payload> payloads) {
    return payloads.stream().map(payload -> payload.request().messages().get(0).text()).toList();
  }

  @Test
  void theExampleFileIsReadInTheWordsOfThreeApis() {
    List<Payload> payloads = PayloadFiles.read(Path.of("feeders/payloads.jsonl"));
    assertThat(payloads).hasSize(5);
    assertThat(payloads.get(0).source()).isEqualTo("feeders/payloads.jsonl line 1");
    assertThat(payloads)
        .extracting(p -> p.request().maxTokens().getAsInt())
        .containsExactly(60, 40, 30, 50, 80);
    assertThat(payloads.get(2).request().messages())
        .flatExtracting(Message::texts)
        .containsExactly("Translate into French:", "The ferry leaves at eleven.");
    assertThat(payloads.get(3).request().parameters().stop()).containsExactly("\n\n");
    assertThat(payloads.get(4).request().messages().get(0))
        .isEqualTo(Message.system("You are a patient teacher."));
    assertThat(payloads.get(4).request().parameters().numbers().get(Parameter.TEMPERATURE))
        .isEqualTo(0.7);
  }

  @Test
  void whatItHasNoWordForGoesIntoTheExtraBodyAsItIs() throws IOException {
    LlmRequest request =
        only(
            "{'messages':[{'role':'user','content':'a'}],'model':'m','top_p':0.5,'seed':7,"
                + "'stream':false,'stream_options':{'x':1},'response_format':{'type':'json_object'},"
                + "'additionalModelRequestFields':{'top_k':5},'performanceConfig':{'latency':'optimized'}}");
    assertThat(request.model()).isEqualTo("m");
    assertThat(request.latencyMode()).isEqualTo("optimized");
    assertThat(request.streaming()).isFalse();
    assertThat(request.parameters().numbers().get(Parameter.TOP_P)).isEqualTo(0.5);
    assertThat(request.parameters().whole(Parameter.SEED)).hasValue(7);
    assertThat(request.extraBody())
        .isEqualTo(
            Map.of(
                "stream_options",
                Map.of("x", 1),
                "response_format",
                Map.of("type", "json_object"),
                "top_k",
                5));
  }

  @Test
  void aFolderHoldsLinesManifestsAndDocumentsInTheOrderOfTheirNames() throws IOException {
    file(
        "a.json",
        "["
            + String.format(Locale.ROOT, ONE, "a0")
            + ","
            + String.format(Locale.ROOT, ONE, "a1")
            + "]");
    file(
        "b.jsonl",
        "\uFEFF"
            + String.format(Locale.ROOT, ONE, "b1")
            + "\n\n"
            + String.format(Locale.ROOT, ONE, "b2")
            + "\n");
    file("c.manifest", String.format(Locale.ROOT, ONE, "c1"));
    file("d.json", String.format(Locale.ROOT, ONE, "d"));
    file("e.txt", "not a payload");
    List<Payload> payloads = PayloadFiles.read(folder);
    assertThat(prompts(payloads)).containsExactly("a0", "a1", "b1", "b2", "c1", "d");
    assertThat(payloads.get(1).source()).isEqualTo(folder.resolve("a.json") + " [1]");
    assertThat(payloads.get(3).source()).isEqualTo(folder.resolve("b.jsonl") + " line 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'messages':[] | text must be JSON with each field once, was malformed at column",
        "{'messages':[],'n':1,'n':2} | text must be JSON with each field once, was malformed (the"
            + " field n stands twice) at column",
        "{'messages':[]} trailing | text must be JSON with each field once, was malformed at",
        "{'messages':[{'role':'system','content':'a'}]} | messages must be at least one message of"
            + " role user, was none",
        "{'messages':'hi'} | messages must be an array of at least one message, was a text",
        "{'messages':[]} | messages must be an array of at least one message, was empty",
        "{'messages':[{'role':'bot','content':'a'}]} | messages[0].role must be one of user,"
            + " assistant, system, developer, tool, function, was \"bot\"",
        "{'messages':[{'role':'user'}]} | messages[0].content must be a text or an array of parts,"
            + " was absent",
        "{'messages':[{'role':'user','content':[{'type':'smell','smell':'x'}]}]} |"
            + " messages[0].content[0] must be text, image_url, file, input_audio, or a block of"
            + " Anthropic's Messages or Bedrock's Converse, was of type smell",
        "{'messages':[{'role':'user','content':'a'}],'max_tokens':0} | max_tokens must be a whole"
            + " number of at least 1, was 0",
        "{'messages':[{'role':'user','content':'a'}],'max_tokens':5,'max_completion_tokens':6} |"
            + " max_completion_tokens must be absent beside max_tokens, or the same (5), was 6",
        "{'messages':[{'role':'user','content':'a'}],'temperature':'hot'} | temperature must be a"
            + " number, was \"hot\"",
        "{'messages':[{'role':'user','content':'a'}],'inferenceConfig':{'topK':5}} |"
            + " inferenceConfig must be of maxTokens, temperature, topP and stopSequences, was with"
            + " a field topK"
      })
  void aWrongLineIsNamedWithItsFieldAndValue(String line, String message) throws IOException {
    Path file = file("p.jsonl", String.format(Locale.ROOT, ONE, "fine") + "\n" + line);
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + " line 2: " + message);
  }

  @Test
  void anEmptyFileOrFolderIsRefused() throws IOException {
    Path file = file("p.jsonl", "\n");
    assertThatThrownBy(() -> PayloadFiles.read(file))
        .hasMessage(file + ": must hold at least one payload, was empty");
    assertThatThrownBy(() -> PayloadFiles.read(folder.resolve("none.jsonl")))
        .hasMessage(folder.resolve("none.jsonl") + ": no such file");
  }

  @Test
  void noMessageOfAPayloadIsInItsText() throws IOException {
    assertThat(
            PayloadFiles.read(file("p.jsonl", String.format(Locale.ROOT, ONE, "secret")))
                .get(0)
                .toString())
        .contains("p.jsonl line 1")
        .doesNotContain("secret");
  }

  @Test
  void everyPassHoldsEveryPayloadOnceInAnOrderOfTheSeed() {
    List<Integer> payloads = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    PayloadOrder order = new PayloadOrder(2, true, 1);
    List<Integer> shared = order.shared(payloads);
    assertThat(shared.subList(0, 16)).containsExactlyInAnyOrderElementsOf(payloads);
    assertThat(shared.subList(16, 32))
        .containsExactlyInAnyOrderElementsOf(payloads)
        .isNotEqualTo(shared.subList(0, 16));
    assertThat(order.shared(payloads)).isEqualTo(shared);
    assertThat(new PayloadOrder(2, true, 2).shared(payloads)).isNotEqualTo(shared);
    assertThat(new PayloadOrder(1, false, 1).shared(payloads)).isEqualTo(payloads);
  }

  @Test
  void fourClientsOverSixteenPayloadsHaveFourOrdersThatTheSeedDecides() {
    List<Integer> payloads = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    PayloadOrder order = new PayloadOrder(1, true, 1);
    List<List<Integer>> orders = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      orders.add(order.ofClient(client, payloads));
      assertThat(order.ofClient(client, payloads)).isEqualTo(orders.get(client));
      assertThat(orders.get(client)).containsExactlyInAnyOrderElementsOf(payloads);
    }
    assertThat(new HashSet<>(orders)).hasSize(4);
  }

  @Test
  void theFieldsOfConverseAreKeptByName() throws IOException {
    LlmRequest request =
        only(
            "{'modelId':'m','messages':[{'role':'user','content':[{'text':'Hi'}]}],"
                + "'toolConfig':{'tools':[]},'serviceTier':{'type':'flex'},"
                + "'additionalModelRequestFields':{'top_k':5}}");

    assertThat(request.extraBody())
        .containsOnlyKeys("toolConfig", "serviceTier", "top_k")
        .containsEntry("serviceTier", Map.of("type", "flex"));
  }

  @Test
  void aBodyOfConverseWithAnotherFieldIsRefusedByItsName() throws IOException {
    Path file =
        file(
            "p.jsonl",
            "{'messages':[{'role':'user','content':[{'text':'Hi'}]}],'inferenceConfig':{},"
                + "'toolConfg':{}}");

    assertThatThrownBy(() -> PayloadFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file
                + " line 1: toolConfg must be absent from a body of Converse, which has"
                + " additionalModelRequestFields, ");
  }

  @Test
  void theBodyOfNovaMayHaveItsOwnFieldsBesideThoseOfConverse() throws IOException {
    LlmRequest request =
        only(
            "{'schemaVersion':'messages-v1','messages':[{'role':'user','content':[{'text':'Hi'}]}],"
                + "'inferenceConfig':{'maxTokens':5}}");

    assertThat(request.maxTokens()).hasValue(5);
  }
}
