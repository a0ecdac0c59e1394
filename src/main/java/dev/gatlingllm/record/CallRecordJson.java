package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatlingllm.record.CallRecord.Gaps;
import dev.gatlingllm.record.CallRecord.Service;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.secret.Gate;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Writes the fields of one call; {@link CallRecordParser} is its mirror. */
final class CallRecordJson {

  private CallRecordJson() {}

  static void write(CallRecord call, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schemaVersion", CallRecord.SCHEMA_VERSION);
    identity(call, json);
    outcome(call, json);
    times(call.times(), json);
    tokens(call.tokens(), json);
    json.writeNumberField("chunks", call.chunks());
    gaps(call.gaps(), json);
    service(call.service(), json);
    attempts(call, json);
    if (call.lateEvents() > 0) {
      json.writeNumberField("lateEvents", call.lateEvents());
    }
    text("prompt", call.content().prompt(), json);
    text("answer", call.content().answer(), json);
    if (call.content().answerChars() > call.content().answer().length()) {
      json.writeNumberField("answerChars", call.content().answerChars());
    }
    json.writeEndObject();
  }

  private static void identity(CallRecord call, JsonGenerator json) throws IOException {
    json.writeNumberField("id", call.id());
    json.writeStringField("name", call.name());
    if (!call.groups().isEmpty()) {
      json.writeArrayFieldStart("groups");
      for (String group : call.groups()) {
        json.writeString(group);
      }
      json.writeEndArray();
    }
    if (!call.labels().isEmpty()) {
      json.writeObjectFieldStart("labels");
      // The record's map has no order of its own; the same call must always give the same line.
      for (Map.Entry<String, String> label : new TreeMap<>(call.labels()).entrySet()) {
        json.writeStringField(label.getKey(), label.getValue());
      }
      json.writeEndObject();
    }
    text("provider", call.provider(), json);
    text("model", call.model(), json);
    json.writeBooleanField("streaming", call.streaming());
  }

  private static void outcome(CallRecord call, JsonGenerator json) throws IOException {
    json.writeStringField("outcome", call.outcome().code());
    quoting("error", call.error(), json);
    quoting("errorDetail", call.errorDetail(), json);
  }

  private static void times(Times times, JsonGenerator json) throws IOException {
    json.writeNumberField("arrivalNanos", times.arrival());
    number("startNanos", times.start(), json);
    number("headNanos", times.head(), json);
    number("firstOutputNanos", times.firstOutput(), json);
    number("firstVisibleNanos", times.firstVisible(), json);
    number("lastOutputNanos", times.lastOutput(), json);
    json.writeNumberField("endNanos", times.end());
  }

  private static void tokens(Tokens tokens, JsonGenerator json) throws IOException {
    number("requestedInputTokens", tokens.requestedInput(), json);
    number("requestedOutputTokens", tokens.requestedOutput(), json);
    number("inputTokens", tokens.input(), json);
    number("cachedInputTokens", tokens.cachedInput(), json);
    number("cacheWriteTokens", tokens.cacheWrite(), json);
    number("outputTokens", tokens.output(), json);
    number("reasoningTokens", tokens.reasoning(), json);
    if (tokens.estimated()) {
      json.writeBooleanField("tokensEstimated", true);
    }
    if (tokens.implausible()) {
      json.writeBooleanField("tokensImplausible", true);
    }
  }

  private static void gaps(Gaps gaps, JsonGenerator json) throws IOException {
    if (!gaps.micros().isEmpty()) {
      json.writeArrayFieldStart("gapsMicros");
      for (long valueOrCount : gaps.micros()) {
        json.writeNumber(valueOrCount);
      }
      json.writeEndArray();
    }
    number("longestGapNanos", gaps.longestNanos(), json);
    if (gaps.stalls() > 0) {
      json.writeNumberField("stalls", gaps.stalls());
    }
  }

  private static void service(Service service, JsonGenerator json) throws IOException {
    if (service.status() > 0) {
      json.writeNumberField("status", service.status());
    }
    quoting("requestId", service.requestId(), json);
    quoting("region", service.region(), json);
    quoting("finishReason", service.finishReason(), json);
    number("remainingRequests", service.remainingRequests(), json);
    number("remainingTokens", service.remainingTokens(), json);
    number("retryAfterMillis", service.retryAfterMillis(), json);
    if (service.utilizationPercent().isPresent()) {
      json.writeNumberField("utilizationPercent", service.utilizationPercent().getAsDouble());
    }
  }

  private static void attempts(CallRecord call, JsonGenerator json) throws IOException {
    if (call.attempts().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("attempts");
    for (Attempt attempt : call.attempts()) {
      json.writeStartObject();
      json.writeNumberField("startNanos", attempt.startNanos());
      json.writeNumberField("endNanos", attempt.endNanos());
      json.writeNumberField("status", attempt.status());
      json.writeStringField("outcome", attempt.outcome().code());
      json.writeNumberField("waitNanos", attempt.waitNanos());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A text that may quote what was sent. */
  private static void quoting(String field, String value, JsonGenerator json) throws IOException {
    text(field, Gate.line(value), json);
  }

  private static void text(String field, String value, JsonGenerator json) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }

  private static void number(String field, OptionalLong value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsLong());
    }
  }

  private static void number(String field, OptionalInt value, JsonGenerator json)
      throws IOException {
    if (value.isPresent()) {
      json.writeNumberField(field, value.getAsInt());
    }
  }
}
