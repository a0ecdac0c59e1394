package dev.gatlingllm.provider.bedrock;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * The further fields of a request, sorted by their place: those of Converse, such as {@code
 * toolConfig}, stand at the top level of its body, all others go to the model as {@code
 * additionalModelRequestFields}.
 */
final class ConverseFields {

  private static final String OF_THE_MODEL = "additionalModelRequestFields";

  /**
   * Fields that the call says in other ways. {@code inferenceConfig} is also what Nova calls a
   * field of its own.
   */
  private static final Set<String> SAID_OTHERWISE =
      Set.of("modelId", "messages", "system", "inferenceConfig", OF_THE_MODEL);

  private static final Set<String> OWN =
      ConverseStreamRequest.builder().sdkFields().stream()
          .map(SdkField::locationName)
          .filter(name -> !SAID_OTHERWISE.contains(name))
          .collect(Collectors.toUnmodifiableSet());

  private ConverseFields() {}

  /**
   * A request with those that Converse has itself.
   *
   * @throws IllegalArgumentException naming the field in them that Converse does not have, or has
   *     another type
   */
  static ConverseStreamRequest of(Map<String, Object> furtherFields) {
    Map<String, Object> own = new LinkedHashMap<>(furtherFields);
    own.keySet().retainAll(OWN);
    return SdkJson.read(ConverseStreamRequest.builder(), own, "body");
  }

  /**
   * Those that Converse hands to the model.
   *
   * @throws IllegalArgumentException if they are given in a group that is no object
   */
  static Map<String, Object> ofTheModel(Map<String, Object> furtherFields) {
    Map<String, Object> others = new LinkedHashMap<>(furtherFields);
    others.keySet().removeAll(OWN);
    Object group = others.remove(OF_THE_MODEL);
    if (group instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> others.put(String.valueOf(name), value));
    } else if (group != null) {
      throw new IllegalArgumentException("body." + OF_THE_MODEL + " must be an object");
    }
    return others;
  }
}
