package dev.gatlingllm.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Records by data binding, strictly: every component must be there unless it is optional, and of
 * its own type; unknown fields are skipped. An error names the field with those around it, such as
 * {@code measurementError.scheduleDelay.n}. Safe for use by many threads.
 */
final class BoundJson {

  static final ObjectMapper MAPPER = mapper();

  private BoundJson() {}

  private static ObjectMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder(VisibleJson.factory())
            .addModule(new Jdk8Module())
            .addModule(
                new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(Instant.class, new InstantText()))
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    builder.withCoercionConfig(
        LogicalType.Textual,
        text -> {
          text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
          text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
          text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        });
    return builder.build();
  }

  /**
   * The object that a text is.
   *
   * @throws RecordFormatException naming the line where it is no JSON
   */
  static JsonNode tree(String text) {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.isObject()) {
        return root;
      }
      throw new RecordFormatException("is not a JSON object");
    } catch (JsonProcessingException e) {
      throw new RecordFormatException(
          e.getLocation() == null
              ? "is not valid JSON"
              : "is not valid JSON at line " + e.getLocation().getLineNr());
    }
  }

  /**
   * The record that an object is.
   *
   * @throws RecordFormatException naming the field that is missing or wrong
   */
  static <R extends Record> R bind(JsonNode object, Class<R> type) {
    try {
      return MAPPER.treeToValue(object, type);
    } catch (JsonProcessingException e) {
      throw refusal(object, e);
    }
  }

  private static RecordFormatException refusal(JsonNode object, JsonProcessingException e) {
    StringBuilder field = new StringBuilder();
    JsonNode found = object;
    if (e instanceof JsonMappingException located) {
      for (JsonMappingException.Reference step : located.getPath()) {
        boolean item = step.getFieldName() == null;
        field.append(item ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        found = item ? found.path(step.getIndex()) : found.path(step.getFieldName());
      }
    }
    String name = field.isEmpty() ? "" : field.substring(1);
    return new RecordFormatException(
        found.isMissingNode()
            ? "has no field " + name
            : "field " + name + " must be " + accepted(e));
  }

  private static String accepted(JsonProcessingException e) {
    if (e instanceof InvalidFormatException text && text.getTargetType() == Instant.class) {
      return "an instant such as 2026-01-31T12:00:00Z, was \"" + text.getValue() + "\"";
    }
    if (e instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
      return accepted(wrong.getTargetType());
    }
    return e.getCause() instanceof InputCoercionException ? "a smaller number" : "something else";
  }

  private static String accepted(Class<?> type) {
    if (type == boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || type == Long.class || type == OptionalLong.class) {
      return "a whole number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    if (type.isEnum()) {
      return "one of " + MAPPER.valueToTree(type.getEnumConstants());
    }
    return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "a text";
  }

  private static final class InstantText extends FromStringDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    InstantText() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(text, Instant.class, e.getMessage());
      }
    }
  }
}
