package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatlingllm.record.CallRecord.Content;
import dev.gatlingllm.record.CallRecord.Gaps;
import dev.gatlingllm.record.CallRecord.Service;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads the fields of one call in any order; used for one line, by one thread. */
final class CallRecordParser {

  private final JsonParser json;
  private final JsonFields fields;
  private final List<Long> gapsTakenOut;

  private OptionalLong id = OptionalLong.empty();
  private String name;
  private List<String> groups = List.of();
  private Map<String, String> labels = Map.of();
  private String provider = "";
  private String model = "";
  private boolean streaming;
  private Outcome outcome;
  private String error = "";
  private String errorDetail = "";
  private OptionalLong arrival = OptionalLong.empty();
  private OptionalLong start = OptionalLong.empty();
  private OptionalLong head = OptionalLong.empty();
  private OptionalLong firstOutput = OptionalLong.empty();
  private OptionalLong firstVisible = OptionalLong.empty();
  private OptionalLong lastOutput = OptionalLong.empty();
  private OptionalLong end = OptionalLong.empty();
  private OptionalInt requestedInput = OptionalInt.empty();
  private OptionalInt requestedOutput = OptionalInt.empty();
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong cachedInput = OptionalLong.empty();
  private OptionalLong cacheWrite = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong reasoning = OptionalLong.empty();
  private boolean estimated;
  private boolean implausible;
  private int chunks;
  private List<Long> gapsMicros = List.of();
  private OptionalLong longestGap = OptionalLong.empty();
  private int stalls;
  private int status;
  private String requestId = "";
  private String region = "";
  private String finishReason = "";
  private OptionalLong remainingRequests = OptionalLong.empty();
  private OptionalLong remainingTokens = OptionalLong.empty();
  private OptionalLong retryAfterMillis = OptionalLong.empty();
  private OptionalDouble utilizationPercent = OptionalDouble.empty();
  private final List<Attempt> attempts = new ArrayList<>();
  private int lateEvents;
  private String prompt = "";
  private String answer = "";
  private long answerChars;

  /**
   * A parser of one line.
   *
   * @param gapsTakenOut of the line, which has an empty array in their place
   */
  CallRecordParser(JsonParser json, List<Long> gapsTakenOut) {
    this.json = json;
    this.fields = new JsonFields(json);
    this.gapsTakenOut = gapsTakenOut;
  }

  CallRecord parse() throws IOException {
    fields.beginRecord(CallRecord.SCHEMA_VERSION);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      read(field);
    }
    return record();
  }

  private void read(String field) throws IOException {
    if (!readIdentity(field)
        && !readTime(field)
        && !readTokens(field)
        && !readAnswer(field)
        && !readService(field)) {
      json.skipChildren();
    }
  }

  private boolean readIdentity(String field) throws IOException {
    switch (field) {
      case "id" -> id = OptionalLong.of(fields.wholeNumber());
      case "name" -> name = fields.text();
      case "groups" -> groups = fields.texts();
      case "labels" -> labels = fields.textsByName();
      case "provider" -> provider = fields.text();
      case "model" -> model = fields.text();
      case "streaming" -> streaming = fields.flag();
      case "outcome" -> outcome = fields.outcome();
      case "error" -> error = fields.text();
      case "errorDetail" -> errorDetail = fields.text();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readTime(String field) throws IOException {
    switch (field) {
      case "arrivalNanos" -> arrival = OptionalLong.of(fields.wholeNumber());
      case "startNanos" -> start = OptionalLong.of(fields.wholeNumber());
      case "headNanos" -> head = OptionalLong.of(fields.wholeNumber());
      case "firstOutputNanos" -> firstOutput = OptionalLong.of(fields.wholeNumber());
      case "firstVisibleNanos" -> firstVisible = OptionalLong.of(fields.wholeNumber());
      case "lastOutputNanos" -> lastOutput = OptionalLong.of(fields.wholeNumber());
      case "endNanos" -> end = OptionalLong.of(fields.wholeNumber());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readTokens(String field) throws IOException {
    switch (field) {
      case "requestedInputTokens" -> requestedInput = OptionalInt.of(fields.count());
      case "requestedOutputTokens" -> requestedOutput = OptionalInt.of(fields.count());
      case "inputTokens" -> input = OptionalLong.of(fields.wholeNumber());
      case "cachedInputTokens" -> cachedInput = OptionalLong.of(fields.wholeNumber());
      case "cacheWriteTokens" -> cacheWrite = OptionalLong.of(fields.wholeNumber());
      case "outputTokens" -> output = OptionalLong.of(fields.wholeNumber());
      case "reasoningTokens" -> reasoning = OptionalLong.of(fields.wholeNumber());
      case "tokensEstimated" -> estimated = fields.flag();
      case "tokensImplausible" -> implausible = fields.flag();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readAnswer(String field) throws IOException {
    switch (field) {
      case "chunks" -> chunks = fields.count();
      case "gapsMicros" -> readGaps();
      case "longestGapNanos" -> longestGap = OptionalLong.of(fields.wholeNumber());
      case "stalls" -> stalls = fields.count();
      case "lateEvents" -> lateEvents = fields.count();
      case "prompt" -> prompt = fields.text();
      case "answer" -> answer = fields.text();
      case "answerChars" -> answerChars = fields.wholeNumber();
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean readService(String field) throws IOException {
    switch (field) {
      case "status" -> status = fields.count();
      case "requestId" -> requestId = fields.text();
      case "region" -> region = fields.text();
      case "finishReason" -> finishReason = fields.text();
      case "remainingRequests" -> remainingRequests = OptionalLong.of(fields.wholeNumber());
      case "remainingTokens" -> remainingTokens = OptionalLong.of(fields.wholeNumber());
      case "retryAfterMillis" -> retryAfterMillis = OptionalLong.of(fields.wholeNumber());
      case "utilizationPercent" -> utilizationPercent = OptionalDouble.of(fields.number());
      case "attempts" -> readAttempts();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readGaps() throws IOException {
    List<Long> left = fields.wholeNumbers();
    gapsMicros = left.isEmpty() ? gapsTakenOut : left;
  }

  private void readAttempts() throws IOException {
    fields.expect(JsonToken.START_ARRAY, "an array of attempts");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      fields.expect(JsonToken.START_OBJECT, "an array of attempts");
      attempts.add(new AttemptParser(json, fields).parse());
    }
  }

  private CallRecord record() {
    return new CallRecord(
        required("id", id),
        FormatChecks.required("name", name),
        groups,
        labels,
        provider,
        model,
        streaming,
        FormatChecks.required("outcome", outcome),
        error,
        errorDetail,
        new Times(
            required("arrivalNanos", arrival),
            start,
            head,
            firstOutput,
            firstVisible,
            lastOutput,
            required("endNanos", end)),
        new Tokens(
            requestedInput,
            requestedOutput,
            input,
            cachedInput,
            cacheWrite,
            output,
            reasoning,
            estimated,
            implausible),
        chunks,
        gaps(),
        new Service(
            status,
            requestId,
            region,
            finishReason,
            remainingRequests,
            remainingTokens,
            retryAfterMillis,
            utilizationPercent),
        attempts,
        lateEvents,
        new Content(prompt, answer, Math.max(answerChars, answer.length())));
  }

  private Gaps gaps() {
    if (gapsMicros.size() % 2 != 0) {
      throw new RecordFormatException(
          "field gapsMicros must hold pairs of value and count, had "
              + gapsMicros.size()
              + " numbers");
    }
    return new Gaps(gapsMicros, longestGap, stalls);
  }

  private static long required(String field, OptionalLong value) {
    return value.orElseThrow(() -> new RecordFormatException("has no field " + field));
  }
}
