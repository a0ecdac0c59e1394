package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of the field a parser stands on, with errors that name the field and what it must be.
 * Texts are never quoted in an error: they may be prompts.
 *
 * @param takenOut the numbers of the line's only array of numbers, which is empty because {@link
 *     LineInterChunks} took them out; else empty
 */
record JsonFields(JsonParser json, List<Long> takenOut) {

  /** Moves to the first field after {@code schemaVersion}, which must be one that is known. */
  void beginRecord(int knownVersion) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new RecordFormatException("is not a JSON object");
    }
    if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals("schemaVersion")) {
      throw new RecordFormatException("does not begin with schemaVersion");
    }
    json.nextToken();
    FormatChecks.schemaVersion(wholeNumber(), knownVersion);
  }

  /** Moves to the next field's name; false at the end of the object. */
  boolean nextField() throws IOException {
    return json.nextToken() == JsonToken.FIELD_NAME;
  }

  /** Moves from the name of a field to its value, and returns the name. */
  String toValue() throws IOException {
    String name = json.currentName();
    json.nextToken();
    return name;
  }

  /** Passes over a value. */
  void skip() throws IOException {
    json.skipChildren();
  }

  <R extends Record> List<R> records(LineFormat<R> format) throws IOException {
    String accepted = "an array of " + name();
    expect(JsonToken.START_ARRAY, accepted);
    List<R> records = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(JsonToken.START_OBJECT, accepted);
      records.add(format.read(this));
    }
    return records;
  }

  String text() throws IOException {
    expect(JsonToken.VALUE_STRING, "a text");
    return json.getText();
  }

  boolean flag() throws IOException {
    if (!json.currentToken().isBoolean()) {
      throw wrong("true or false");
    }
    return json.getBooleanValue();
  }

  long wholeNumber() throws IOException {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      return json.getLongValue();
    } catch (InputCoercionException e) {
      throw wrong("a whole number of at most 63 bits");
    }
  }

  int count() throws IOException {
    long value = wholeNumber();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new RecordFormatException(
          "field " + name() + " must be from 0 to " + Integer.MAX_VALUE + ", was " + value);
    }
    return (int) value;
  }

  double number() throws IOException {
    if (!json.currentToken().isNumeric()) {
      throw wrong("a number");
    }
    return json.getDoubleValue();
  }

  Outcome outcome() throws IOException {
    String code = text();
    try {
      return Outcome.ofCode(code);
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException("field outcome is not one of the known outcomes");
    }
  }

  List<String> texts() throws IOException {
    expect(JsonToken.START_ARRAY, "an array of texts");
    List<String> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(text());
    }
    return values;
  }

  List<Long> wholeNumbers() throws IOException {
    expect(JsonToken.START_ARRAY, "an array of whole numbers");
    long[] numbers = new long[64];
    int size = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = wholeNumber();
    }
    return size == 0 ? takenOut : LongList.of(numbers, size);
  }

  Map<String, String> textsByName() throws IOException {
    expect(JsonToken.START_OBJECT, "an object of texts");
    Map<String, String> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      values.put(key, text());
    }
    return values;
  }

  private void expect(JsonToken token, String accepted) throws IOException {
    if (json.currentToken() != token) {
      throw wrong(accepted);
    }
  }

  private RecordFormatException wrong(String accepted) throws IOException {
    return new RecordFormatException("field " + name() + " must be " + accepted);
  }

  private String name() throws IOException {
    String name = json.currentName();
    return name != null ? name : json.getParsingContext().getParent().getCurrentName();
  }
}
