package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BodyTemplateTest {

  private static final Set<String> NAMES = Set.of("question", "conversationId");

  @Test
  void aValueIsEscapedWhateverItHolds() {
    BodyTemplate template = parse("{\"q\": \"Please: #{question}\", \"n\": [1, \"#{question}\"]}");
    assertThat(template.fill(Map.of("question", "a \"b\"\n\\ $1 #{conversationId}")))
        .isEqualTo(
            "{\"q\":\"Please: a \\\"b\\\"\\n\\\\ $1 #{conversationId}\","
                + "\"n\":[1,\"a \\\"b\\\"\\n\\\\ $1 #{conversationId}\"]}");
  }

  @Test
  void whatIsNoTextStaysAsItIs() {
    assertThat(parse("{\"stream\": true, \"top\": 1.5, \"x\": null}").fill(Map.of()))
        .isEqualTo("{\"stream\":true,\"top\":1.5,\"x\":null}");
  }

  @Test
  void anotherNameIsRefused() {
    assertThatThrownBy(() -> parse("{\"q\": \"#{qestion}\"}"))
        .isInstanceOf(InputException.class)
        .hasMessage("llm.rag.body: a name must be one of conversationId, question, was qestion");
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    assertThatThrownBy(() -> parse("{\"q\": }"))
        .hasMessage(
            "llm.rag.body must be one JSON object with each field once, is not near column 7");
    assertThatThrownBy(() -> parse("[]"))
        .hasMessage("llm.rag.body must be a JSON object, was another value");
  }

  private static BodyTemplate parse(String text) {
    return BodyTemplate.parse("llm.rag.body", text, NAMES);
  }
}
