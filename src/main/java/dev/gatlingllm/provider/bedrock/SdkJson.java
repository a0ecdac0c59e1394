package dev.gatlingllm.provider.bedrock;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Turns JSON-like Java values into the SDK's own objects, as Bedrock's reference writes them. */
final class SdkJson {

  private SdkJson() {}

  /**
   * An object of the SDK.
   *
   * @param builder of the object, as yet empty
   * @param json its fields; one whose value is null is left out
   * @param place where they stand, for complaints
   * @throws IllegalArgumentException naming the field that is unknown or of another type
   */
  static <B extends SdkBuilder<B, T>, T> T read(B builder, Map<?, ?> json, String place) {
    fill((SdkPojo) builder, json, place);
    return builder.build();
  }

  private static Object built(SdkPojo builder, Map<?, ?> json, String place) {
    fill(builder, json, place);
    return ((SdkBuilder<?, ?>) builder).build();
  }

  private static void fill(SdkPojo builder, Map<?, ?> json, String place) {
    Map<String, SdkField<?>> fields =
        builder.sdkFields().stream()
            .collect(Collectors.toMap(SdkField::locationName, field -> field));
    json.forEach(
        (name, value) -> {
          SdkField<?> field = fields.get(name);
          if (field == null) {
            throw new IllegalArgumentException(
                place
                    + "."
                    + name
                    + " cannot be sent: Bedrock's Converse has "
                    + String.join(", ", fields.keySet().stream().sorted().toList())
                    + " there");
          }
          if (value != null) {
            field.set(builder, value(field, value, place + "." + name));
          }
        });
  }

  private static Object value(SdkField<?> field, Object value, String place) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    if (type == MarshallingKnownType.DOCUMENT) {
      return Documents.of(value);
    }
    if (type == MarshallingKnownType.SDK_POJO && value instanceof Map<?, ?> map) {
      return built(field.constructor().get(), map, place);
    }
    if (type == MarshallingKnownType.LIST && value instanceof List<?> list) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> values = new ArrayList<>();
      list.forEach(item -> values.add(value(element, item, place + "[" + values.size() + "]")));
      return values;
    }
    if (type == MarshallingKnownType.MAP && value instanceof Map<?, ?> map) {
      SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, item) -> values.put(key, value(element, item, place + "." + key)));
      return values;
    }
    return scalar(type, value, place);
  }

  private static Object scalar(MarshallingKnownType type, Object value, String place) {
    if (value instanceof String text) {
      if (type == MarshallingKnownType.STRING) {
        return text;
      }
      if (type == MarshallingKnownType.SDK_BYTES) {
        return bytes(text, place);
      }
    }
    if (type == MarshallingKnownType.BOOLEAN && value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      switch (type) {
        case INTEGER -> {
          return number.intValue();
        }
        case LONG -> {
          return number.longValue();
        }
        case FLOAT -> {
          return number.floatValue();
        }
        case DOUBLE -> {
          return number.doubleValue();
        }
        default -> {
          // refused below
        }
      }
    }
    throw new IllegalArgumentException(
        place + " cannot be sent: Bedrock's Converse has a value of another type there");
  }

  private static SdkBytes bytes(String base64, String place) {
    try {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException ignored) {
      // Its message quotes the data.
      throw new IllegalArgumentException(place + " must be base64");
    }
  }
}
