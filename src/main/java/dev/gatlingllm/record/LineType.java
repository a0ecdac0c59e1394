package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the values of one Java type stand in a line of JSON. A new type of field is a line in {@link
 * #KNOWN}.
 *
 * @param name generic name of the type, such as {@code java.util.List<java.lang.Long>}
 * @param empty the value that says nothing; null if the type has none
 */
record LineType<V>(String name, V empty, Writing<V> writing, Reading<V> reading) {

  private static final Map<String, LineType<?>> KNOWN =
      Stream.of(
              of("long", 0L, JsonGenerator::writeNumber, JsonFields::wholeNumber),
              of("int", 0, JsonGenerator::writeNumber, JsonFields::count),
              of("double", 0.0, JsonGenerator::writeNumber, JsonFields::number),
              of("boolean", false, JsonGenerator::writeBoolean, JsonFields::flag),
              of(String.class, "", JsonGenerator::writeString, JsonFields::text),
              of(
                  Outcome.class,
                  null,
                  (json, outcome) -> json.writeString(outcome.code()),
                  JsonFields::outcome),
              of(
                  OptionalLong.class,
                  OptionalLong.empty(),
                  (json, number) -> json.writeNumber(number.getAsLong()),
                  fields -> OptionalLong.of(fields.wholeNumber())),
              of(
                  OptionalInt.class,
                  OptionalInt.empty(),
                  (json, number) -> json.writeNumber(number.getAsInt()),
                  fields -> OptionalInt.of(fields.count())),
              of(
                  OptionalDouble.class,
                  OptionalDouble.empty(),
                  (json, number) -> json.writeNumber(number.getAsDouble()),
                  fields -> OptionalDouble.of(fields.number())),
              of(
                  Delays.class,
                  Delays.NONE,
                  (json, delays) -> numbers(json, delays.micros()),
                  fields -> new Delays(fields.wholeNumbers())),
              of(
                  "java.util.List<java.lang.Long>",
                  List.<Long>of(),
                  LineType::numbers,
                  JsonFields::wholeNumbers),
              of(
                  "java.util.List<java.lang.String>",
                  List.<String>of(),
                  LineType::texts,
                  JsonFields::texts),
              of(
                  "java.util.Map<java.lang.String, java.lang.String>",
                  Map.<String, String>of(),
                  LineType::textsByName,
                  JsonFields::textsByName))
          .collect(Collectors.toUnmodifiableMap(LineType::name, Function.identity()));

  /** Writes a value. */
  @FunctionalInterface
  interface Writing<V> {
    void write(JsonGenerator json, V value) throws IOException;
  }

  /** Reads the value that the parser stands on. */
  @FunctionalInterface
  interface Reading<V> {
    V read(JsonFields fields) throws IOException;
  }

  /** The type of a component; empty if it is a record whose components are fields themselves. */
  static Optional<LineType<?>> of(RecordComponent component) {
    Type type = component.getGenericType();
    if (type instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof Class<?> element
        && element.isRecord()) {
      return Optional.of(ofRecords(element.asSubclass(Record.class), component.getName()));
    }
    LineType<?> known = KNOWN.get(type.getTypeName());
    if (known == null && !component.getType().isRecord()) {
      throw new IllegalArgumentException(component + " is of a type that no line can hold");
    }
    return Optional.ofNullable(known);
  }

  private static <R extends Record> LineType<List<R>> ofRecords(Class<R> element, String name) {
    LineFormat<R> format = new LineFormat<>(element, name + ".");
    return of(
        name,
        List.of(),
        (json, records) -> {
          json.writeStartArray();
          for (R one : records) {
            json.writeStartObject();
            format.write(one, json);
            json.writeEndObject();
          }
          json.writeEndArray();
        },
        fields -> fields.records(format));
  }

  private static <V> LineType<V> of(
      Class<V> type, V empty, Writing<V> writing, Reading<V> reading) {
    return of(type.getTypeName(), empty, writing, reading);
  }

  private static <V> LineType<V> of(String name, V empty, Writing<V> writing, Reading<V> reading) {
    return new LineType<>(name, empty, writing, reading);
  }

  private static void numbers(JsonGenerator json, List<Long> numbers) throws IOException {
    json.writeStartArray();
    for (long number : numbers) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static void textsByName(JsonGenerator json, Map<String, String> texts)
      throws IOException {
    json.writeStartObject();
    // A map has no order of its own; the same record must always give the same line.
    for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }
}
