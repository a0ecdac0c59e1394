package dev.gatlingllm.provider.bedrock.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What each format says in its chunks and in a whole answer. */
class AnswerReaderTest {

  private static final String METRICS =
      "\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":20,\"outputTokenCount\":9,"
          + "\"cacheReadInputTokenCount\":5}";

  private final List<String> told = new ArrayList<>();
  private TokenUsage usage = TokenUsage.NONE;

  private final AnswerReader.Sink sink =
      new AnswerReader.Sink() {
        @Override
        public void output(OutputKind kind, String text) {
          told.add(kind + ":" + text);
        }

        @Override
        public void outputWithoutText(OutputKind kind) {
          told.add(kind + " without text");
        }

        @Override
        public void served(Served more) {
          told.add("served:" + more.model() + more.serviceMillis().stream().boxed().toList());
        }

        @Override
        public void finish(String reason) {
          told.add("finish:" + reason);
        }

        @Override
        public void usage(TokenUsage newUsage) {
          usage = newUsage;
        }

        @Override
        public void failed(String code, String message) {
          told.add("failed:" + code + ":" + message);
        }
      };

  private AnswerReader read(BodyFormat format, String... chunks) throws IOException {
    AnswerReader reader = new AnswerReader(format.paths(), sink);
    for (String chunk : chunks) {
      reader.read(chunk.getBytes(UTF_8));
    }
    return reader;
  }

  private static TokenUsage usage(long input, long output) {
    return new TokenUsage(
        OptionalLong.of(input),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.of(output),
        OptionalLong.empty());
  }

  @Test
  void anthropicChunks() throws IOException {
    AnswerReader reader =
        read(
            BodyFormat.named("anthropic"),
            "{\"type\":\"message_start\",\"message\":{\"content\":[],\"stop_reason\":null,"
                + "\"usage\":{\"input_tokens\":12,\"cache_read_input_tokens\":3,"
                + "\"cache_creation_input_tokens\":1,\"output_tokens\":1}}}",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                + "{\"type\":\"thinking\",\"thinking\":\"\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"thinking_delta\","
                + "\"thinking\":\"Hm.\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\","
                + "\"signature\":\"c2ln\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\"Hello\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\","
                + "\"partial_json\":\"{\\\"a\\\"\"}}",
            "{\"type\":\"ping\"}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                + "\"usage\":{\"output_tokens\":7}}",
            "{\"type\":\"message_stop\"," + METRICS + "}");

    assertThat(told)
        .containsExactly("REASONING:Hm.", "CONTENT:Hello", "TOOL_CALL:{\"a\"", "finish:end_turn");
    assertThat(usage)
        .isEqualTo(
            new TokenUsage(
                OptionalLong.of(16),
                OptionalLong.of(3),
                OptionalLong.of(1),
                OptionalLong.of(7),
                OptionalLong.empty()));
    assertThat(reader.stopped()).isTrue();
  }

  @Test
  void anthropicInOnePiece() throws IOException {
    read(
        BodyFormat.named("anthropic"),
        "{\"type\":\"message\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\"},"
            + "{\"type\":\"text\",\"text\":\"Hel\"},{\"type\":\"text\",\"text\":\"lo\"},"
            + "{\"type\":\"tool_use\",\"input\":{\"a\":1}}],\"stop_reason\":\"tool_use\","
            + "\"usage\":{\"input_tokens\":12,\"output_tokens\":7}}");

    assertThat(told)
        .containsExactly(
            "REASONING:Hm.", "CONTENT:Hello", "TOOL_CALL:{\"a\":1}", "finish:tool_use");
    assertThat(usage).isEqualTo(usage(12, 7));
  }

  @Test
  void anErrorInTheBodyOfAnthropic() throws IOException {
    read(
        BodyFormat.named("anthropic"),
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}");

    assertThat(told).containsExactly("failed:overloaded_error:Busy");
  }

  @Test
  void anthropicOutputWithoutText() throws IOException {
    read(
        BodyFormat.named("anthropic"),
        "{\"type\":\"message_start\",\"message\":{\"model\":\"claude-x\",\"content\":[]}}",
        "{\"type\":\"content_block_start\",\"content_block\":"
            + "{\"type\":\"redacted_thinking\",\"data\":\"bm8=\"}}",
        "{\"type\":\"content_block_start\",\"content_block\":"
            + "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"signature_delta\","
            + "\"signature\":\"c2ln\"}}",
        "{\"type\":\"content_block_start\",\"content_block\":"
            + "{\"type\":\"tool_use\",\"name\":\"now\",\"input\":{}}}",
        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"input_json_delta\","
            + "\"partial_json\":\"\"}}",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\"}}",
        "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":"
            + "{\"invocationLatency\":77}}");

    assertThat(told)
        .containsExactly(
            "served:claude-x[]",
            "REASONING without text",
            "REASONING without text",
            "TOOL_CALL without text",
            "finish:tool_use",
            "served:[77]");
  }

  @Test
  void anthropicInOnePieceWithoutText() throws IOException {
    read(
        BodyFormat.named("anthropic"),
        "{\"content\":[{\"type\":\"redacted_thinking\",\"data\":\"bm8=\"}],"
            + "\"stop_reason\":\"max_tokens\"}");
    read(
        BodyFormat.named("anthropic"),
        "{\"content\":[{\"type\":\"tool_use\",\"name\":\"now\",\"input\":{}}],"
            + "\"stop_reason\":\"tool_use\"}");

    assertThat(told)
        .containsExactly(
            "REASONING without text", "finish:max_tokens", "TOOL_CALL:{}", "finish:tool_use");
  }

  @Test
  void novaOutputWithoutText() throws IOException {
    read(
        BodyFormat.named("nova"),
        "{\"contentBlockDelta\":{\"delta\":{\"reasoningContent\":{\"text\":\"Hm\"}}}}",
        "{\"contentBlockDelta\":{\"delta\":{\"reasoningContent\":{\"signature\":\"x\"}}}}",
        "{\"contentBlockDelta\":{\"delta\":{\"reasoningContent\":{\"redactedContent\":\"x\"}}}}",
        "{\"contentBlockStart\":{\"start\":{\"toolUse\":{\"name\":\"now\"}}}}",
        "{\"contentBlockDelta\":{\"delta\":{\"toolUse\":{\"input\":\"\"}}}}",
        "{\"contentBlockDelta\":{\"delta\":{\"image\":{\"source\":{\"bytes\":\"A\"}}}}}");

    assertThat(told)
        .containsExactly(
            "REASONING:Hm",
            "REASONING without text",
            "TOOL_CALL without text",
            "MEDIA without text");
  }

  @Test
  void anAnswerThatAGuardrailReplacedIsBlockedWhateverTheModelSays() throws IOException {
    AnswerReader reader =
        read(
            BodyFormat.named("anthropic"),
            "{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"No.\"},"
                + "\"amazon-bedrock-guardrailAction\":\"INTERVENED\"}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
            "{\"type\":\"message_stop\",\"amazon-bedrock-guardrailAction\":\"NONE\"}");

    assertThat(told).containsExactly("CONTENT:No.", "finish:guardrail_intervened");
    assertThat(reader.stopped()).isTrue();
  }

  @Test
  void imagesOfTitanAreOutput() throws IOException {
    read(BodyFormat.named("titan"), "{\"images\":[\"AA==\"],\"error\":null}");

    assertThat(told).containsExactly("MEDIA without text");
  }

  @Test
  void llamaChunksAndInOnePiece() throws IOException {
    read(
        BodyFormat.named("llama"),
        "{\"generation\":\"Hel\",\"prompt_token_count\":12,\"generation_token_count\":1,"
            + "\"stop_reason\":null}",
        "{\"generation\":\"lo\",\"prompt_token_count\":null,\"generation_token_count\":2,"
            + "\"stop_reason\":\"length\","
            + METRICS
            + "}");

    assertThat(told).containsExactly("CONTENT:Hel", "CONTENT:lo", "finish:length");
    assertThat(usage.input()).hasValue(12);
    assertThat(usage.output()).hasValue(2);
  }

  @Test
  void novaChunks() throws IOException {
    read(
        BodyFormat.named("nova"),
        "{\"messageStart\":{\"role\":\"assistant\"}}",
        "{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hello\"},\"contentBlockIndex\":0}}",
        "{\"contentBlockStop\":{\"contentBlockIndex\":0}}",
        "{\"messageStop\":{\"stopReason\":\"end_turn\"}}",
        "{\"metadata\":{\"usage\":{\"inputTokens\":12,\"outputTokens\":7,"
            + "\"cacheReadInputTokenCount\":3}},"
            + METRICS
            + "}");

    assertThat(told).containsExactly("CONTENT:Hello", "finish:end_turn");
    assertThat(usage.input()).hasValue(15);
    assertThat(usage.cachedInput()).hasValue(3);
    assertThat(usage.output()).hasValue(7);
  }

  @Test
  void countsThatComeAfterTheEndWithoutBedrocksOwnAreRead() throws IOException {
    read(
        BodyFormat.named("nova"),
        "{\"contentBlockDelta\":{\"delta\":{\"text\":\"Hello\"}}}",
        "{\"messageStop\":{\"stopReason\":\"end_turn\"}}",
        "{\"metadata\":{\"usage\":{\"inputTokens\":12,\"outputTokens\":7}}}");

    assertThat(usage).isEqualTo(usage(12, 7));
  }

  @Test
  void novaInOnePiece() throws IOException {
    read(
        BodyFormat.named("nova"),
        "{\"output\":{\"message\":{\"content\":[{\"text\":\"Hel\"},{\"text\":\"lo\"}]}},"
            + "\"stopReason\":\"max_tokens\",\"usage\":{\"inputTokens\":12,\"outputTokens\":7}}");

    assertThat(told).containsExactly("CONTENT:Hello", "finish:max_tokens");
    assertThat(usage).isEqualTo(usage(12, 7));
  }

  @Test
  void titanChunksAndInOnePiece() throws IOException {
    read(
        BodyFormat.named("titan"),
        "{\"outputText\":\"Hel\",\"index\":0,\"totalOutputTextTokenCount\":null,"
            + "\"completionReason\":null,\"inputTextTokenCount\":12}",
        "{\"outputText\":\"lo\",\"index\":0,\"totalOutputTextTokenCount\":7,"
            + "\"completionReason\":\"FINISH\",\"inputTextTokenCount\":12}");
    read(
        BodyFormat.named("titan"),
        "{\"inputTextTokenCount\":3,\"results\":[{\"tokenCount\":2,\"outputText\":\"Bye\","
            + "\"completionReason\":\"LENGTH\"}]}");

    assertThat(told)
        .containsExactly(
            "CONTENT:Hel", "CONTENT:lo", "finish:FINISH", "CONTENT:Bye", "finish:LENGTH");
    assertThat(usage).isEqualTo(usage(3, 2));
  }

  @Test
  void countsThatTheBodyDoesNotKeepAreBedrocks() throws IOException {
    BodyFormat custom =
        BodyFormat.custom(
            Map.of("a", "#{prompt}"),
            Map.of(AnswerPart.TEXT, "outputs[*].text", AnswerPart.STOP_REASON, "outputs[0].stop"));

    AnswerReader reader =
        read(
            custom,
            "{\"outputs\":[{\"text\":\"Hel\"},{\"text\":\"lo\"}]}",
            "{\"outputs\":[{\"text\":\"\",\"stop\":\"stop\"}]," + METRICS + "}");

    assertThat(told).containsExactly("CONTENT:Hello", "finish:stop");
    assertThat(usage.input()).hasValue(25);
    assertThat(usage.cachedInput()).hasValue(5);
    assertThat(usage.output()).hasValue(9);

    reader.readHeaders(
        Map.of("x-amzn-bedrock-input-token-count", "30", "x-amzn-bedrock-output-token-count", "x")
            ::get);
    assertThat(usage.input()).hasValue(35);
    assertThat(usage.output()).hasValue(9);
  }

  @Test
  void inputTokensMayHoldThoseOfTheCache() throws IOException {
    BodyFormat custom =
        BodyFormat.custom(
            Map.of("a", "#{prompt}"),
            Map.of(
                AnswerPart.ALL_INPUT, "usage.prompt_tokens",
                AnswerPart.CACHE_READ, "usage.cached",
                AnswerPart.STOP_REASON, "stop"));

    read(custom, "{\"usage\":{\"prompt_tokens\":10,\"cached\":8},\"stop\":\"stop\"}");

    assertThat(usage.input()).hasValue(10);
    assertThat(usage.cachedInput()).hasValue(8);
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    assertThatThrownBy(() -> read(BodyFormat.named("llama"), "[1]"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(BodyFormat.named("llama"), "{\"generation\":"))
        .isInstanceOf(IOException.class);
  }
}
