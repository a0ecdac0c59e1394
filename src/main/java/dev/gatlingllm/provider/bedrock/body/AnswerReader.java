package dev.gatlingllm.provider.bedrock.body;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.gatlingllm.provider.OutputKind;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.TokenUsage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads one answer, whole or chunk by chunk, and keeps its token counts. The body's own counts come
 * before those that Bedrock adds to the last chunk or to the headers. Confined to one thread at a
 * time.
 */
public final class AnswerReader {

  /** Hears what an answer says. */
  public interface Sink {

    /** Model output, never empty. */
    void output(OutputKind kind, String text);

    /** Model output of which there is no text. */
    void outputWithoutText(OutputKind kind);

    /** Who served the call, as far as this part of the answer says. */
    void served(Served more);

    /** Why the model stopped. */
    void finish(String reason);

    /** The counts so far. */
    void usage(TokenUsage usage);

    /** An error in the body. */
    void failed(String code, String message);
  }

  /** Jackson's tree keeps numbers and texts as they are; what follows the value is an error. */
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final String GUARDRAIL_ACTION = "amazon-bedrock-guardrailAction";

  /** What Converse says of such an answer. */
  private static final String BLOCKED = "guardrail_intervened";

  private static final String METRICS = "amazon-bedrock-invocationMetrics";
  private static final Map<AnswerPart, String> METRIC_NAMES =
      Map.of(
          AnswerPart.INPUT, "inputTokenCount",
          AnswerPart.OUTPUT, "outputTokenCount",
          AnswerPart.CACHE_READ, "cacheReadInputTokenCount",
          AnswerPart.CACHE_WRITE, "cacheWriteInputTokenCount");
  private static final Map<AnswerPart, String> HEADER_NAMES =
      Map.of(
          AnswerPart.INPUT, "x-amzn-bedrock-input-token-count",
          AnswerPart.OUTPUT, "x-amzn-bedrock-output-token-count",
          AnswerPart.CACHE_READ, "x-amzn-bedrock-cache-read-input-token-count",
          AnswerPart.CACHE_WRITE, "x-amzn-bedrock-cache-write-input-token-count");
  private static final AnswerPart[] COUNTS = {
    AnswerPart.INPUT,
    AnswerPart.ALL_INPUT,
    AnswerPart.OUTPUT,
    AnswerPart.CACHE_READ,
    AnswerPart.CACHE_WRITE
  };

  private final AnswerPaths paths;
  private final Sink sink;
  private final Map<AnswerPart, Long> said = new EnumMap<>(AnswerPart.class);
  private final Map<AnswerPart, Long> added = new EnumMap<>(AnswerPart.class);
  private boolean stopped;
  private boolean blocked;
  private boolean first = true;
  private boolean reasoningCame;

  /** A reader that has read nothing. */
  public AnswerReader(AnswerPaths paths, Sink sink) {
    this.paths = paths;
    this.sink = sink;
  }

  /** Whether the model has stopped, as it or Bedrock says. */
  public boolean stopped() {
    return stopped;
  }

  /**
   * Reads a whole answer or one chunk.
   *
   * @throws IOException if it is no JSON object; the message is not to be shown, since it may quote
   *     the model's text
   */
  public void read(byte[] bytes) throws IOException {
    JsonNode json = JSON.readTree(bytes);
    if (!json.isObject()) {
      throw new IOException("no JSON object");
    }
    boolean thought = output(OutputKind.REASONING, AnswerPart.REASONING, json);
    reasoningCame |= thought;
    boolean spoke = output(OutputKind.CONTENT, AnswerPart.TEXT, json);
    boolean called = output(OutputKind.TOOL_CALL, AnswerPart.TOOL_CALL, json);
    if (!thought && !spoke && !called) {
      outputWithoutText(json);
    }
    served(json);
    boolean counted = counts(json);
    String reason = paths.text(AnswerPart.STOP_REASON, json);
    boolean last = !reason.isEmpty() || json.has(METRICS);
    // What comes after the end may be the counts alone, in a chunk of their own.
    if (counted && (last || stopped)) {
      sink.usage(usage());
    }
    if (blocked(json)) {
      sink.finish(BLOCKED);
    } else if (!reason.isEmpty() && !blocked) {
      sink.finish(reason);
    }
    stopped |= last || blocked;
    String code = paths.text(AnswerPart.ERROR_CODE, json);
    if (!code.isEmpty()) {
      sink.failed(code, paths.text(AnswerPart.ERROR_MESSAGE, json));
    }
  }

  /**
   * Reads the counts that Bedrock adds to the headers of a whole answer.
   *
   * @param header the value of a header by its lower-case name, null if it did not come
   */
  public void readHeaders(Function<String, String> header) {
    HEADER_NAMES.forEach(
        (part, name) -> {
          String value = header.apply(name);
          if (value != null && value.matches("\\d{1,18}")) {
            added.put(part, Long.valueOf(value));
          }
        });
    if (!added.isEmpty()) {
      sink.usage(usage());
    }
  }

  /** Bedrock says beside the model's own answer that a guardrail replaced or masked it. */
  private boolean blocked(JsonNode json) {
    boolean now = json.path(GUARDRAIL_ACTION).asText("").endsWith("INTERVENED");
    blocked |= now;
    return now;
  }

  private boolean output(OutputKind kind, AnswerPart part, JsonNode json) {
    String text = paths.text(part, json);
    if (!text.isEmpty()) {
      sink.output(kind, text);
    }
    return !text.isEmpty();
  }

  private void outputWithoutText(JsonNode json) {
    if (paths.holds(AnswerPart.TOOL_START, json)) {
      sink.outputWithoutText(OutputKind.TOOL_CALL);
    } else if (paths.holds(AnswerPart.HIDDEN_REASONING, json)
        || (!reasoningCame && paths.holds(AnswerPart.REASONING_SIGNATURE, json))) {
      sink.outputWithoutText(OutputKind.REASONING);
    } else if (paths.holds(AnswerPart.MEDIA, json)) {
      sink.outputWithoutText(OutputKind.MEDIA);
    }
  }

  /** The model is in the first chunk or in none; how long it took, in the last. */
  private void served(JsonNode json) {
    if (first) {
      first = false;
      String model = paths.text(AnswerPart.MODEL, json);
      if (!model.isEmpty()) {
        sink.served(new Served(model, "", "", OptionalLong.empty()));
      }
    }
    JsonNode latency = json.path(METRICS).path("invocationLatency");
    if (latency.canConvertToInt() && latency.intValue() >= 0) {
      sink.served(new Served("", "", "", OptionalLong.of(latency.intValue())));
    }
  }

  private boolean counts(JsonNode json) {
    for (AnswerPart part : COUNTS) {
      long count = paths.count(part, json);
      if (count >= 0) {
        said.put(part, count);
      }
    }
    METRIC_NAMES.forEach(
        (part, name) -> {
          JsonNode count = json.path(METRICS).path(name);
          if (count.isNumber()) {
            added.put(part, AnswerPaths.countOf(count));
          }
        });
    return !said.isEmpty() || !added.isEmpty();
  }

  /** All input tokens: those outside of the prompt cache, read from it and written to it. */
  private TokenUsage usage() {
    OptionalLong read = count(AnswerPart.CACHE_READ);
    OptionalLong written = count(AnswerPart.CACHE_WRITE);
    OptionalLong input = OptionalLong.empty();
    if (said.containsKey(AnswerPart.ALL_INPUT)) {
      input = OptionalLong.of(said.get(AnswerPart.ALL_INPUT));
    } else if (count(AnswerPart.INPUT).isPresent()) {
      long outside = count(AnswerPart.INPUT).getAsLong();
      input = OptionalLong.of(TokenUsage.sum(outside, read.orElse(0), written.orElse(0)));
    }
    return new TokenUsage(input, read, written, count(AnswerPart.OUTPUT), OptionalLong.empty());
  }

  private OptionalLong count(AnswerPart part) {
    Long count = said.getOrDefault(part, added.get(part));
    return count == null ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
