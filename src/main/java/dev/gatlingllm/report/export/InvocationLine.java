package dev.gatlingllm.report.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
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
    InvocationNumbers numbers = InvocationNumbers.of(call);
    seconds("time_to_first_token", numbers.firstToken(), json);
    seconds("time_to_last_token", numbers.lastToken(), json);
    count("num_tokens_input", numbers.input(), json);
    count("num_tokens_output", numbers.output(), json);
    count("num_tokens_input_cached", numbers.cachedInput(), json);
    count("num_tokens_output_reasoning", numbers.reasoning(), json);
    seconds("time_per_output_token", numbers.perOutputToken(), json);
    text("error", call.outcome() == Outcome.SUCCEEDED ? "" : error(call), json);
    count("retries", retries(call), json);
    text("request_time", requestTime(call, run), json);
    json.writeEndObject();
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

  private static void seconds(String field, Optional<BigDecimal> seconds, JsonGenerator json)
      throws IOException {
    json.writeFieldName(field);
    if (seconds.isPresent()) {
      json.writeNumber(seconds.get().toPlainString());
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
