package dev.gatlingllm.prompt;

import dev.gatlingllm.input.InputException;
import dev.gatlingllm.text.Figures;
import java.util.List;
import java.util.OptionalInt;

/**
 * The shape of a load's calls, with the names that Azure's benchmarking tool gave them.
 *
 * @param name {@code balanced}, {@code context}, {@code generation} or {@code custom}
 * @param contextTokens input tokens of each call, at least 1
 * @param maxTokens upper bound of the output of each call, at least 1
 */
public record ShapeProfile(String name, int contextTokens, int maxTokens) {

  /** As much input as output. */
  public static final ShapeProfile BALANCED = new ShapeProfile("balanced", 500, 500);

  /** Much input and little output, as with retrieved documents. */
  public static final ShapeProfile CONTEXT = new ShapeProfile("context", 2_000, 200);

  /** Little input and much output, as with writing. */
  public static final ShapeProfile GENERATION = new ShapeProfile("generation", 500, 1_000);

  private static final String CUSTOM = "custom";
  private static final List<ShapeProfile> NAMED = List.of(BALANCED, CONTEXT, GENERATION);

  /** Rejects token numbers below 1. */
  public ShapeProfile {
    requirePositive("contextTokens", contextTokens);
    requirePositive("maxTokens", maxTokens);
  }

  private static void requirePositive(String field, int tokens) {
    if (tokens < 1) {
      throw new InputException(field + " must be >= 1, was " + tokens);
    }
  }

  /** A shape of one's own. */
  public static ShapeProfile custom(int contextTokens, int maxTokens) {
    return new ShapeProfile(CUSTOM, contextTokens, maxTokens);
  }

  /**
   * The shape of a name.
   *
   * @param name one of the four names
   * @param contextTokens required for {@code custom}; for another name absent, or the same number
   * @param maxTokens as for {@code contextTokens}
   * @throws InputException if the name is unknown, or if a number is missing or contradicts the
   *     name
   */
  public static ShapeProfile of(String name, OptionalInt contextTokens, OptionalInt maxTokens) {
    if (name.equals(CUSTOM)) {
      return custom(required("contextTokens", contextTokens), required("maxTokens", maxTokens));
    }
    ShapeProfile profile = named(name);
    profile.requireSame("contextTokens", profile.contextTokens, contextTokens);
    profile.requireSame("maxTokens", profile.maxTokens, maxTokens);
    return profile;
  }

  private static int required(String field, OptionalInt tokens) {
    return tokens.orElseThrow(
        () -> new InputException(field + " must be given for the shape custom, was absent"));
  }

  private static ShapeProfile named(String name) {
    return NAMED.stream()
        .filter(profile -> profile.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "shape must be one of balanced, context, generation, custom, was \""
                        + name
                        + "\""));
  }

  private void requireSame(String field, int expected, OptionalInt given) {
    if (given.isPresent() && given.getAsInt() != expected) {
      throw new InputException(
          Figures.fill(
              "%s must be %d or absent for the shape %s, was %d; a shape of your own is called"
                  + " custom",
              field, expected, name, given.getAsInt()));
    }
  }
}
