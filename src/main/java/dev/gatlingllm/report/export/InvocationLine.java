package dev.gatlingllm.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.stats.Measure;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One line of LLMeter's {@code responses.jsonl}: exactly the fields that its reader knows. */
final class InvocationLine {

  private InvocationLine() {}

  static void write(CallRecord call, FinishedRun run, JsonGenerator json) throws IOException {
    json.writeStartObject();
    text("response_text", call.content().answer(), json);
    json.writeNullField("input_payload");
    json.writeStringField("id", id(call, run));
    text("input_prompt", call.content().prompt(), json);
    seconds("time_to_first_token", Measure.TTFVT.of(call), json);
    seconds("time_to_last_token", timeToLastToken(call), json);
    count("num_tokens_input", call.tokens().input(), json);
    count("num_tokens_output", call.tokens().output(), json);
    count("num_tokens_input_cached", call.tokens().cachedInput(), json);
    count("num_tokens_output_reasoning", call.tokens().reasoning(), json);
    seconds("time_per_output_token", Measure.TPOT.of(call), json);
    text("error", call.outcome().failed() ? error(call) : "", json);
    count("retries", retries(call), json);
    text("request_time", requestTime(call, run), json);
    json.writeEndObject();
  }

  /** An answer that was not streamed has no last chunk: to LLMeter its end is the last token. */
  private static OptionalDouble timeToLastToken(CallRecord call) {
    OptionalDouble last = Measure.TTLT.of(call);
    return last.isPresent() ? last : Measure.E2E.of(call);
  }

  private static String id(CallRecord call, FinishedRun run) {
    String requestId = call.service().requestId();
    return requestId.isEmpty() ? run.name() + "-" + call.id() : requestId;
  }

  private static String error(CallRecord call) {
    return call.error().isEmpty() ? call.outcome().code() : call.error();
  }

  private static OptionalLong retries(CallRecord call) {
    return call.attempts().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(call.attempts().size() - 1L);
  }

  private static String requestTime(CallRecord call, FinishedRun run) {
    long start = call.times().start().orElse(call.times().arrival());
    return run.wallTime(start).map(Object::toString).orElse("");
  }

  private static void text(String field, String text, JsonGenerator json) throws IOException {
    if (text.isEmpty()) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, text);
    }
  }

  private static void seconds(String field, OptionalDouble millis, JsonGenerator json)
      throws IOException {
    json.writeFieldName(field);
    if (millis.isPresent()) {
      json.writeNumber(Seconds.ofMillis(millis.getAsDouble()).toPlainString());
    } else {
      json.writeNull();
    }
  }

  private static void count(String field, OptionalLong count, JsonGenerator json)
      throws IOException {
    json.writeFieldName(field);
    if (count.isPresent()) {
      json.writeNumber(count.getAsLong());
    } else {
      json.writeNull();
    }
  }
}
