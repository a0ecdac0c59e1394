package dev.gatlingllm.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.gatlingllm.secret.Redaction;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of a record's fields in a line of JSON, from which both the writer and the reader come:
 * each component is a field, in the order of the components; those of a record within the record
 * are fields of the same line. Names and exceptions are {@link LineField}s.
 *
 * <p>Streamed, without a tree in between: a long run has a million lines. Immutable and safe for
 * use by many threads.
 */
final class LineFormat<R extends Record> {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodHandle ELEMENT = MethodHandles.arrayElementGetter(Object[].class);

  private final List<Field<?>> fields = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Object[] nothingRead;
  private final MethodHandle constructor;

  /**
   * The table of a record.
   *
   * @param place what stands before the names of its fields in an error, such as {@code attempts.}
   * @throws IllegalArgumentException if a component is of a type that no line can hold
   */
  LineFormat(Class<R> type, String place) {
    constructor = oneToOne(constructor(type, place, MethodHandles.identity(type)));
    nothingRead = fields.stream().map(Field::ifMissing).toArray();
    for (int i = 0; i < fields.size(); i++) {
      for (String name : fields.get(i).names()) {
        places.put(name, i);
      }
    }
  }

  /** Adds the fields of a record within the line's, and returns what makes it of the values. */
  private MethodHandle constructor(Class<?> type, String place, MethodHandle inLine) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    MethodHandle[] values = new MethodHandle[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        MethodHandle accessor = LOOKUP.unreflect(components[i].getAccessor());
        types[i] = components[i].getType();
        values[i] = value(components[i], place, MethodHandles.filterReturnValue(inLine, accessor));
      }
      MethodHandle ofEach =
          MethodHandles.filterArguments(
              LOOKUP.findConstructor(type, MethodType.methodType(void.class, types)), 0, values);
      return MethodHandles.permuteArguments(
          ofEach, MethodType.methodType(type, Object[].class), new int[types.length]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " cannot be made of its components", e);
    }
  }

  /** Returns what takes the value of a component out of the values of all fields. */
  private MethodHandle value(RecordComponent component, String place, MethodHandle inLine) {
    Optional<LineType<?>> type = LineType.of(component);
    if (type.isEmpty()) {
      return constructor(component.getType(), place, inLine);
    }
    fields.add(Field.of(component, type.get(), place, oneToOne(inLine)));
    return MethodHandles.insertArguments(ELEMENT, 1, fields.size() - 1)
        .asType(MethodType.methodType(component.getType(), Object[].class));
  }

  private static MethodHandle oneToOne(MethodHandle handle) {
    return handle.asType(MethodType.methodType(Object.class, Object.class));
  }

  /** Writes the fields, not what encloses them. */
  void write(R value, JsonGenerator json) throws IOException {
    for (Field<?> field : fields) {
      field.write(call(field.inLine, value), json);
    }
  }

  /**
   * Reads the fields up to the end of the object, in any order; unknown ones are skipped.
   *
   * @throws RecordFormatException naming the field that is missing or wrong
   */
  R read(JsonFields json) throws IOException {
    Object[] values = nothingRead.clone();
    while (json.nextField()) {
      Integer place = places.get(json.toValue());
      if (place == null) {
        json.skip();
      } else {
        values[place] = fields.get(place).read(json);
      }
    }
    return record(values);
  }

  @SuppressWarnings("unchecked") // The constructor is that of R.
  private R record(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        throw new RecordFormatException("has no field " + fields.get(i).path());
      }
    }
    try {
      return (R) call(constructor, values);
    } catch (IllegalArgumentException e) {
      throw new RecordFormatException(e.getMessage());
    }
  }

  private static Object call(MethodHandle handle, Object argument) {
    try {
      return (Object) handle.invokeExact(argument);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a record threw a checked exception", e);
    }
  }

  /**
   * A field.
   *
   * @param text the name
   * @param former the name in lines of an earlier schema version; the same if it was the same
   * @param place what stands before the name in an error
   * @param inLine takes its value out of the line's record
   * @param always whether it is written even if empty, and must be there
   * @param quotes whether it may quote what a call sent
   */
  private record Field<V>(
      SerializableString name,
      String text,
      String former,
      String place,
      LineType<V> type,
      MethodHandle inLine,
      boolean always,
      boolean quotes) {

    static <V> Field<V> of(
        RecordComponent component, LineType<V> type, String place, MethodHandle inLine) {
      LineField field = component.getAnnotation(LineField.class);
      boolean named = field != null && !field.value().isEmpty();
      String text = named ? field.value() : component.getName();
      boolean renamed = field != null && !field.formerly().isEmpty();
      return new Field<>(
          new SerializedString(text),
          text,
          renamed ? field.formerly() : text,
          place,
          type,
          inLine,
          isAlways(component.getType(), field),
          field != null && field.quotes());
    }

    private static boolean isAlways(Class<?> type, LineField field) {
      return switch (field == null ? LineField.Presence.BY_TYPE : field.presence()) {
        case BY_TYPE -> type.isPrimitive() || type.isEnum();
        case ALWAYS -> true;
        case UNLESS_EMPTY -> false;
      };
    }

    /** Its name, and that in earlier versions. */
    List<String> names() {
      return List.of(text, former);
    }

    String path() {
      return place + text;
    }

    Object ifMissing() {
      return always ? null : type.empty();
    }

    @SuppressWarnings("unchecked") // The type is that of the component.
    void write(Object value, JsonGenerator json) throws IOException {
      Object shown = quotes ? Redaction.line((String) value) : value;
      if (always || !shown.equals(type.empty())) {
        json.writeFieldName(name);
        type.writing().write(json, (V) shown);
      }
    }

    V read(JsonFields json) throws IOException {
      try {
        return type.reading().read(json);
      } catch (IllegalArgumentException e) {
        throw new RecordFormatException("field " + path() + " " + e.getMessage());
      }
    }
  }
}
