package dev.gatlingllm.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recogniser of the bodies of Bedrock's Converse. Every field of one is sent at its place, so that
 * a misspelt one is not handed to the model as a field of the model's own.
 */
final class ConverseWords {

  /** Fields that no other API has. */
  private static final Set<String> ONLY =
      Set.of(
          "additionalModelResponseFieldPaths",
          "guardrailConfig",
          "inferenceConfig",
          "outputConfig",
          "promptVariables",
          "requestMetadata",
          "toolConfig");

  /** Fields that also stand in bodies of other APIs, in which this program takes them. */
  private static final Set<String> BORROWED =
      Set.of("additionalModelRequestFields", "performanceConfig");

  private static final String MODEL = "modelId";
  private static final Set<String> ALL =
      Stream.of(ONLY, BORROWED, Set.of("messages", MODEL, "serviceTier", "system"))
          .flatMap(Set::stream)
          .collect(Collectors.toCollection(TreeSet::new));

  /** Taken from any body. */
  private static final Set<String> EVERYWHERE = Set.of("model", "model_id", "stream");

  /** The body of Nova has words of Converse, and more. */
  private static final String NOVA = "schemaVersion";

  private ConverseWords() {}

  private static boolean isConverse(JsonNode body) {
    return !body.has(NOVA)
        && (ONLY.stream().anyMatch(body::has)
            || (body.has(MODEL) && BORROWED.stream().anyMatch(body::has)));
  }

  /**
   * Refuses a body of Converse with a field that Converse does not have.
   *
   * @throws InputException naming the place, the field and those that there are
   */
  static void check(InputLines.Line line, JsonNode body) {
    if (!isConverse(body)) {
      return;
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!ALL.contains(name) && !EVERYWHERE.contains(name)) {
                throw line.wrong(
                    name,
                    "absent from a body of Converse, which has "
                        + String.join(", ", ALL)
                        + " (fields of the model go into additionalModelRequestFields)",
                    "given");
              }
            });
  }
}
