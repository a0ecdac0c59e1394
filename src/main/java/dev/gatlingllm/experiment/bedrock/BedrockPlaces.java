package dev.gatlingllm.experiment.bedrock;

import java.util.List;

/**
 * Models and regions that take the place of those of a file's lines.
 *
 * @param models empty for those of the lines
 * @param regions empty for those of the lines
 */
public record BedrockPlaces(List<String> models, List<String> regions) {

  /** Those of the lines. */
  public static final BedrockPlaces OF_LINES = new BedrockPlaces(List.of(), List.of());

  /** Copies the lists. */
  public BedrockPlaces {
    models = List.copyOf(models);
    regions = List.copyOf(regions);
  }
}
