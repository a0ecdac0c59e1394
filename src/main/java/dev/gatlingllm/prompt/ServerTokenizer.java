package dev.gatlingllm.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatlingllm.input.InputException;
import dev.gatlingllm.provider.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts tokens as the model's own server does, by {@code POST /tokenize}: vLLM and SGLang take
 * {@code prompt} and answer {@code count}, llama.cpp takes {@code content} and answers {@code
 * tokens}. A conversation is counted with the model's chat template: vLLM does that itself, and
 * llama.cpp by {@code POST /apply-template}; of SGLang it is the sum of its texts.
 *
 * <p>Each count is a request, so it is for the time before the load only. Counts of short texts are
 * kept. Safe for use by many threads.
 */
public final class ServerTokenizer implements Tokenizer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LONGEST_KEPT = 200;

  /** The words that are left out with one that is not one token, in a list that has many. */
  private static final int DROPPED_TOGETHER = 3;

  private static final int MANY = 100;

  private final HttpClient http;
  private final URI root;
  private final String model;
  private final Dialect dialect;
  private final boolean template;
  private final Map<String, Integer> kept = new ConcurrentHashMap<>();

  private enum Dialect {
    PROMPT,
    CONTENT
  }

  private record Answer(int status, JsonNode body) {}

  /**
   * The tokenizer of a server.
   *
   * @param address of its API, up to and without /chat/completions
   * @param model empty for the only one that the server has
   * @throws InputException if nobody answers there, or the answer is none of these servers'
   */
  public ServerTokenizer(URI address, String model) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    this.root = URI.create(address.toString().replaceFirst("/+$", "").replaceFirst("/v1$", ""));
    this.model = model;
    this.dialect = dialect();
    this.template = template();
  }

  private Dialect dialect() {
    Answer prompt = ask("/tokenize", body(Dialect.PROMPT, "Hi"));
    if (prompt.status == 200 && prompt.body.path("count").canConvertToInt()) {
      return Dialect.PROMPT;
    }
    Answer content = ask("/tokenize", body(Dialect.CONTENT, "Hi"));
    if (content.status == 200 && content.body.path("tokens").size() > 0) {
      return Dialect.CONTENT;
    }
    throw new InputException(
        "POST "
            + root
            + "/tokenize must answer as vLLM, SGLang or llama.cpp do, with count or tokens; it"
            + " answered "
            + (content.status == 200 ? "without them" : Integer.toString(content.status)));
  }

  private boolean template() {
    List<Message> hello = List.of(Message.user("Hi"));
    return dialect == Dialect.PROMPT
        ? ask("/tokenize", conversation(hello)).body.path("count").canConvertToInt()
        : ask("/apply-template", conversation(hello)).body.path("prompt").isTextual();
  }

  /** Whether conversations are counted with the model's chat template. */
  public boolean countsTemplate() {
    return template;
  }

  @Override
  public int countText(String text) {
    if (text.length() > LONGEST_KEPT) {
      return count(text);
    }
    Integer known = kept.get(text);
    if (known != null) {
      return known;
    }
    int counted = count(text);
    kept.put(text, counted);
    return counted;
  }

  private int count(String text) {
    JsonNode body = ok("/tokenize", body(dialect, text));
    return dialect == Dialect.PROMPT ? body.path("count").asInt() : body.path("tokens").size();
  }

  @Override
  public int countMessages(List<Message> messages) {
    if (!template) {
      return Tokenizer.super.countMessages(messages);
    }
    if (dialect == Dialect.PROMPT) {
      return ok("/tokenize", conversation(messages)).path("count").asInt();
    }
    return count(ok("/apply-template", conversation(messages)).path("prompt").asText());
  }

  /** Of lists that are split in halves until one is of single tokens: few requests do. */
  @Override
  public List<String> singleTokens(String before, List<String> words) {
    String separator = before.isEmpty() ? ".\n\n" : before;
    int each =
        before.isEmpty()
            ? countText("It.\n\nIt.\n\nIt") - countText("It.\n\nIt") - countText("It") + 1
            : 1;
    List<String> single = new ArrayList<>();
    single(separator, each, words, words.size() > MANY ? DROPPED_TOGETHER : 1, single);
    return single;
  }

  private void single(
      String separator, int each, List<String> words, int fewest, List<String> single) {
    if (words.isEmpty()) {
      return;
    }
    String text = "It" + separator + String.join(separator, words);
    if (countText(text) - countText("It") == each * words.size()) {
      single.addAll(words);
    } else if (words.size() > fewest) {
      int half = words.size() / 2;
      single(separator, each, words.subList(0, half), fewest, single);
      single(separator, each, words.subList(half, words.size()), fewest, single);
    }
  }

  private ObjectNode body(Dialect spoken, String text) {
    ObjectNode body = JSON.createObjectNode();
    if (spoken == Dialect.CONTENT) {
      return body.put("content", text).put("add_special", false);
    }
    if (!model.isEmpty()) {
      body.put("model", model);
    }
    return body.put("prompt", text).put("add_special_tokens", false);
  }

  private ObjectNode conversation(List<Message> messages) {
    ObjectNode body = JSON.createObjectNode();
    if (!model.isEmpty()) {
      body.put("model", model);
    }
    for (Message message : messages) {
      body.withArray("messages")
          .addObject()
          .put("role", message.role().word())
          .put("content", message.text());
    }
    return body;
  }

  private JsonNode ok(String path, ObjectNode body) {
    Answer answer = ask(path, body);
    if (answer.status != 200) {
      throw new InputException("POST " + root + path + " answered " + answer.status);
    }
    return answer.body;
  }

  private Answer ask(String path, ObjectNode body) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(URI.create(root + path))
                  .timeout(PATIENCE)
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (IOException e) {
      throw new InputException(
          "POST " + root + path + " got no answer (" + e.getClass().getSimpleName() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("POST " + root + path + " was interrupted");
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException ignored) {
      return JSON.missingNode();
    }
  }
}
