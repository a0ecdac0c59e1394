package dev.gatlingllm.telemetry;

import dev.gatlingllm.secret.Redaction;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;

/** Attributes as they leave this process: without secrets, and none that is empty. */
final class Labels {

  private Labels() {}

  static Attributes of(Map<String, String> texts) {
    AttributesBuilder attributes = Attributes.builder();
    texts.forEach((name, value) -> put(attributes, name, value));
    return attributes.build();
  }

  static void put(AttributesBuilder attributes, String name, String value) {
    if (!value.isEmpty()) {
      attributes.put(AttributeKey.stringKey(name), Redaction.text(value));
    }
  }
}
