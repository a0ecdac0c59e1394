package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads one element of a call's {@code attempts}. */
final class AttemptParser {

  private final JsonParser json;
  private final JsonFields fields;

  private long start;
  private long end;
  private int status;
  private Outcome outcome;
  private long wait;

  AttemptParser(JsonParser json, JsonFields fields) {
    this.json = json;
    this.fields = fields;
  }

  Attempt parse() throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "startNanos" -> start = fields.wholeNumber();
        case "endNanos" -> end = fields.wholeNumber();
        case "status" -> status = fields.count();
        case "outcome" -> outcome = fields.outcome();
        case "waitNanos" -> wait = fields.wholeNumber();
        default -> json.skipChildren();
      }
    }
    return new Attempt(
        start, end, status, FormatChecks.required("attempts.outcome", outcome), wait);
  }
}
