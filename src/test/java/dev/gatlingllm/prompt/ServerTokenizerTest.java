package dev.gatlingllm.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.chat.StubServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerTokenizerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PIECE = Pattern.compile(" ?\\p{L}+|\\d|\\n|[^\\p{L}\\d\\s]|\\s");

  /** Servers as they speak in their documentation, with a tokenizer that no OpenAI model has. */
  private enum Dialect {
    VLLM,
    SGLANG,
    LLAMA_CPP;

    void answer(StubServer.Exchange exchange) throws IOException {
      JsonNode body = JSON.readTree(exchange.request().body());
      String path = exchange.request().path();
      if (path.equals("/tokenize") && this != LLAMA_CPP && body.has("prompt")) {
        send(exchange, 200, counted(tokens(body.path("prompt").asText())));
      } else if (path.equals("/tokenize") && this == VLLM && body.has("messages")) {
        send(exchange, 200, counted(tokens(applied(body.path("messages")))));
      } else if (path.equals("/tokenize") && this == LLAMA_CPP) {
        send(exchange, 200, "{\"tokens\":" + ids(tokens(body.path("content").asText())) + "}");
      } else if (path.equals("/apply-template") && this == LLAMA_CPP) {
        send(
            exchange,
            200,
            JSON.createObjectNode().put("prompt", applied(body.path("messages"))).toString());
      } else {
        send(exchange, 422, "{\"error\":\"unknown\"}");
      }
    }
  }

  /** Long words are two tokens, digits and line ends one each. */
  private static int tokens(String text) {
    int tokens = 0;
    for (Matcher piece = PIECE.matcher(text); piece.find(); ) {
      tokens += piece.group().strip().length() > 6 ? 2 : 1;
    }
    return tokens;
  }

  private static String applied(JsonNode messages) {
    StringBuilder text = new StringBuilder();
    messages.forEach(
        one ->
            text.append("<|")
                .append(one.path("role").asText())
                .append("|>\n")
                .append(one.path("content").asText())
                .append("<|end|>\n"));
    return text.append("<|assistant|>\n").toString();
  }

  private static String counted(int tokens) {
    return "{\"count\":" + tokens + ",\"max_model_len\":8192,\"tokens\":" + ids(tokens) + "}";
  }

  private static String ids(int tokens) {
    return IntStream.range(0, tokens)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void send(StubServer.Exchange exchange, int status, String json)
      throws IOException {
    exchange.head(status, "content-type: application/json").chunk(json).end();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void promptsHaveTheSizeThatTheServerCounts(Dialect dialect) throws IOException {
    try (StubServer server = StubServer.start(dialect::answer)) {
      ServerTokenizer counter = new ServerTokenizer(URI.create(server.address() + "/v1"), "m");
      assertThat(counter.countsTemplate()).isEqualTo(dialect != Dialect.SGLANG);
      PromptBuilder builder = new PromptBuilder(counter, 1).preventingCaching(7).measured();
      int asked = server.requests().size();
      assertThat(asked).isLessThan(1_500);
      for (int size : List.of(70, 500, 2_000, 9_000)) {
        for (int most : List.of(7, 99, 1_234)) {
          List<Message> prompt = builder.prompt(size + most, size, OptionalInt.of(most));
          assertThat(Math.abs(truth(dialect, prompt) - size))
              .as("%d tokens", size)
              .isLessThanOrEqualTo(Math.max(2, size / 100));
        }
      }
      assertThat(server.requests()).as("asked while prompts are built").hasSize(asked);
    }
  }

  private static int truth(Dialect dialect, List<Message> messages) {
    if (dialect == Dialect.SGLANG) {
      return messages.stream().mapToInt(message -> tokens(message.text())).sum();
    }
    return tokens(
        applied(
            JSON.valueToTree(
                messages.stream()
                    .map(
                        message -> Map.of("role", message.role().word(), "content", message.text()))
                    .toList())));
  }

  @Test
  void systemPromptsAreCountedWithTheTemplate() throws IOException {
    try (StubServer server = StubServer.start(Dialect.VLLM::answer)) {
      PromptBuilder builder = new PromptBuilder(new ServerTokenizer(server.address(), "m"), 1);
      Message system = builder.systemPrompts(3).shared(0, 300);
      Message user = builder.prompt(0, 200, OptionalInt.of(50)).get(0);
      assertThat(truth(Dialect.VLLM, List.of(system, user))).isEqualTo(500);
    }
  }

  @Test
  void theModelAndTheTextAreSentAsTheServerWantsThem() throws IOException {
    try (StubServer server = StubServer.start(Dialect.VLLM::answer)) {
      assertThat(new ServerTokenizer(server.address(), "qwen").countText("Hello there"))
          .isEqualTo(2);
      JsonNode last = JSON.readTree(server.requests().get(server.requests().size() - 1).body());
      assertThat(last.path("model").asText()).isEqualTo("qwen");
      assertThat(last.path("prompt").asText()).isEqualTo("Hello there");
      assertThat(last.path("add_special_tokens").asBoolean(true)).isFalse();
    }
  }

  @Test
  void aServerThatCannotCountIsRefusedByItsAddress() throws IOException {
    try (StubServer server =
        StubServer.start(exchange -> send(exchange, 404, "{\"detail\":\"Not Found\"}"))) {
      assertThatThrownBy(() -> new ServerTokenizer(server.address(), "m"))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "POST "
                  + server.address()
                  + "/tokenize must answer as vLLM, SGLang or llama.cpp do, with count or tokens;"
                  + " it answered 404");
    }
  }

  @Test
  void whereNobodyListensTheRunEndsBeforeTheLoad() throws IOException {
    URI nobody;
    try (StubServer server = StubServer.start(exchange -> {})) {
      nobody = server.address();
    }
    assertThatThrownBy(() -> new ServerTokenizer(nobody, "m"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(nobody + "/tokenize got no answer (ConnectException)");
  }

  @Test
  void aTokenizerWithoutCommonWordsCannotSizePrompts() {
    Tokenizer characters = String::length;
    assertThatThrownBy(() -> new PromptBuilder(characters, 1))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("the tokenizer must know common English words");
  }
}
