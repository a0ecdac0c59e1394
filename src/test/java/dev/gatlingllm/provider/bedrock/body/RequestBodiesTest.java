package dev.gatlingllm.provider.bedrock.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How each format writes a request. */
class RequestBodiesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LlmRequest FULL =
      LlmRequest.ofMessages(
              List.of(
                  Message.system("Be brief."),
                  Message.user("Hi"),
                  Message.assistant("Hello"),
                  Message.user("Bye")))
          .withMaxTokens(64)
          .with(Parameter.TEMPERATURE, 0.5)
          .with(Parameter.TOP_P, 0.25);
  private static final LlmRequest STOPPED =
      FULL.withParameters(FULL.parameters().withStop(List.of("END")));

  private static JsonNode body(BodyFormat format, LlmRequest request) throws Exception {
    return JSON.readTree(JSON.writeValueAsBytes(format.writer().body(request)));
  }

  @Test
  void anthropicHasItsVersionItsSystemAndItsThinking() throws Exception {
    assertThat(body(BodyFormat.named("anthropic"), STOPPED.with(Parameter.THINKING_BUDGET, 1024)))
        .isEqualTo(
            JSON.readTree(
                """
                {"anthropic_version":"bedrock-2023-05-31","max_tokens":64,"temperature":0.5,
                 "top_p":0.25,"thinking":{"type":"enabled","budget_tokens":1024},
                 "stop_sequences":["END"],"system":"Be brief.","messages":[
                   {"role":"user","content":[{"type":"text","text":"Hi"}]},
                   {"role":"assistant","content":[{"type":"text","text":"Hello"}]},
                   {"role":"user","content":[{"type":"text","text":"Bye"}]}]}\
                """));
  }

  @Test
  void llamaIsOneTextWithItsMarks() throws Exception {
    JsonNode body = body(BodyFormat.named("llama"), FULL);

    assertThat(body.get("prompt").asText())
        .isEqualTo(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\nHello<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
    assertThat(body.get("max_gen_len").asInt()).isEqualTo(64);
    assertThat(body.get("temperature").asDouble()).isEqualTo(0.5);
    assertThat(body.get("top_p").asDouble()).isEqualTo(0.25);
  }

  @Test
  void novaIsNearlyConverse() throws Exception {
    assertThat(body(BodyFormat.named("nova"), STOPPED))
        .isEqualTo(
            JSON.readTree(
                """
                {"schemaVersion":"messages-v1","system":[{"text":"Be brief."}],"messages":[
                   {"role":"user","content":[{"text":"Hi"}]},
                   {"role":"assistant","content":[{"text":"Hello"}]},
                   {"role":"user","content":[{"text":"Bye"}]}],
                 "inferenceConfig":{"maxTokens":64,"temperature":0.5,"topP":0.25,
                   "stopSequences":["END"]}}\
                """));
  }

  @Test
  void titanIsOneTextWithNames() throws Exception {
    assertThat(body(BodyFormat.named("titan"), STOPPED))
        .isEqualTo(
            JSON.readTree(
                """
                {"inputText":"Be brief.\\n\\nUser: Hi\\nBot: Hello\\nUser: Bye\\nBot:",
                 "textGenerationConfig":{"maxTokenCount":64,"temperature":0.5,"topP":0.25,
                   "stopSequences":["END"]}}\
                """));
  }

  @Test
  void aTemplateIsFilledAndWhatIsNotSetIsLeftOut() throws Exception {
    BodyFormat custom =
        BodyFormat.custom(
            Map.of(
                "inputs",
                "Q: #{prompt}",
                "about",
                "#{system}",
                "options",
                Map.of("max", "#{maxTokens}", "heat", "#{temperature}", "n", "#{n}"),
                "list",
                List.of("#{topP}", "#{seed}", 1)),
            Map.of());

    assertThat(body(custom, FULL))
        .isEqualTo(
            JSON.readTree(
                """
                {"inputs":"Q: Hi\\n\\nHello\\n\\nBye","about":"Be brief.",
                 "options":{"max":64,"heat":0.5},"list":[0.25,1]}\
                """));
  }

  @Test
  void aTemplateTakesMessagesAndFurtherFields() throws Exception {
    BodyFormat custom = BodyFormat.custom(Map.of("messages", "#{messages}"), Map.of());
    LlmRequest request =
        LlmRequest.ofPrompt("$1 \\ #{x}")
            .withParameters(Parameters.NONE.withExtraBody(Map.of("top_k", 5)));

    assertThat(body(custom, request))
        .isEqualTo(
            JSON.readTree(
                """
                {"messages":[{"role":"user","content":"$1 \\\\ #{x}"}],"top_k":5}\
                """));
  }

  @Test
  void aTemplateIsCheckedBeforeItIsUsed() {
    assertThatThrownBy(() -> BodyFormat.custom(Map.of("a", "#{promt}"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("request has the unknown place #{promt}; known are #{");
    assertThatThrownBy(() -> BodyFormat.custom(Map.of("a", 1), Map.of()))
        .hasMessage("request must hold #{prompt} or #{messages}");
    assertThatThrownBy(
            () ->
                BodyFormat.custom(
                    Map.of("a", "#{prompt}"), Map.of(AnswerPart.TEXT, "choices[0.text")))
        .hasMessage("text must be a JMESPath expression, was \"choices[0.text\"");
  }

  @Test
  void imagesGoIntoTheMessagesOfATemplateAndNotIntoItsPrompt() throws Exception {
    Attachment image = Attachment.of("x.gif", "GIF8".getBytes(UTF_8));
    Attachment note = Attachment.of("x.txt", "Hi".getBytes(UTF_8));
    LlmRequest asked = LlmRequest.ofMessages(List.of(Message.user("Look").with(List.of(image))));
    LlmRequest read = LlmRequest.ofMessages(List.of(Message.user("Read").with(List.of(note))));
    BodyFormat messages = BodyFormat.custom(Map.of("messages", "#{messages}"), Map.of());
    BodyFormat prompt = BodyFormat.custom(Map.of("a", "#{prompt}"), Map.of());

    assertThat(body(messages, asked).at("/messages/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"text","text":"Look"},{"type":"image_url","image_url":
                  {"url":"data:image/gif;base64,R0lGOA=="}}]\
                """));
    assertThatThrownBy(() -> messages.writer().body(read))
        .hasMessage(
            "attachments cannot hold x.txt: accepted are gif, jpeg, png, webp for #{messages} of"
                + " llm.bedrock.custom.request");
    assertThatThrownBy(() -> prompt.writer().body(asked))
        .hasMessage(
            "attachments cannot hold x.gif: accepted are no files for llm.bedrock.custom.request"
                + " without #{messages}");
  }

  @Test
  void aParameterWithoutAPlaceIsRefused() {
    BodyFormat custom = BodyFormat.custom(Map.of("a", "#{prompt}"), Map.of());

    assertThatThrownBy(() -> custom.writer().body(FULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maxTokens cannot be sent: there is none in llm.bedrock.custom.request, which has no"
                + " place for it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "llama", "nova", "titan"})
  void whatABodyDoesNotHaveIsRefused(String name) {
    BodyFormat format = BodyFormat.named(name);

    assertThatThrownBy(() -> format.writer().body(FULL.with(Parameter.CHOICES, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("n cannot be sent: there is none in ");
    assertThatThrownBy(
            () ->
                format
                    .writer()
                    .body(FULL.withParameters(FULL.parameters().withReasoningEffort("low"))))
        .hasMessageStartingWith("reasoningEffort cannot be sent: there is none in ");
  }

  @Test
  void anthropicAsksForAnUpperBound() {
    assertThatThrownBy(() -> BodyFormat.named("anthropic").writer().body(LlmRequest.ofPrompt("Hi")))
        .hasMessage("maxTokens must be set: Anthropic's Messages ask for it");
  }

  @Test
  void filesGoIntoTheBodiesThatTakeThem() throws Exception {
    Attachment note = Attachment.of("my note.txt", "Hi".getBytes(UTF_8));
    LlmRequest request =
        LlmRequest.ofMessages(Message.attach(List.of(Message.user("Read")), List.of(note)))
            .withMaxTokens(9);

    assertThat(body(BodyFormat.named("anthropic"), request).at("/messages/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"type":"text","text":"Read"},{"type":"document","source":
                  {"type":"text","media_type":"text/plain","data":"Hi"}}]\
                """));
    assertThat(body(BodyFormat.named("nova"), request).at("/messages/0/content"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"text":"Read"},{"document":{"format":"txt","name":"1 my-note-txt",
                  "source":{"bytes":"SGk="}}}]\
                """));
    assertThatThrownBy(() -> body(BodyFormat.named("titan"), request))
        .hasMessage("attachments cannot hold my note.txt: accepted are no files for Titan's body");
  }
}
