package dev.gatlingllm.cli;

import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that turn users into calls per minute. */
final class UserDemand {

  @Option(names = "--users", paramLabel = "N", description = "All users.")
  private Optional<BigDecimal> users = Optional.empty();

  @Option(
      names = "--active",
      paramLabel = "SHARE",
      description = "Share of them who use the application in the peak (default: 1).")
  private BigDecimal active = BigDecimal.ONE;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description = "Sessions of each active user in the peak (default: 1).")
  private BigDecimal sessions = BigDecimal.ONE;

  @Option(
      names = "--interactions",
      paramLabel = "N",
      description = "Interactions of each session (default: 1).")
  private BigDecimal interactions = BigDecimal.ONE;

  @Option(
      names = "--calls",
      paramLabel = "N",
      description = "Model calls of each interaction (default: 1).")
  private BigDecimal calls = BigDecimal.ONE;

  @Option(names = "--hours", paramLabel = "N", description = "Length of the peak (default: 1).")
  private BigDecimal hours = BigDecimal.ONE;

  @Option(names = "--margin", paramLabel = "PERCENT", description = "Added on top (default: 10).")
  private BigDecimal margin = BigDecimal.TEN;

  @Option(
      names = "--context",
      paramLabel = "TOKENS",
      description = "Input tokens of a call, with --output.")
  private Optional<BigDecimal> context = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "TOKENS",
      description = "Output tokens of a call, with --context.")
  private Optional<BigDecimal> output = Optional.empty();

  boolean given() {
    return users.isPresent();
  }

  BigDecimal margin() {
    return margin;
  }

  /** The calls of the users; refused without {@code --users}. */
  LoadModel calls() {
    if (users.isEmpty()) {
      throw new IllegalArgumentException("--users=N is missing: how many users there are");
    }
    return new LoadModel(users.get(), active, sessions, interactions, calls, hours, margin);
  }

  /** The size of a call, if both parts are given; refused if only one is. */
  Optional<CallSize> size() {
    if (context.isPresent() != output.isPresent()) {
      throw new IllegalArgumentException(
          (context.isPresent() ? "--context needs --output" : "--output needs --context")
              + ": the tokens of a call are both");
    }
    return context.map(input -> new CallSize(input, output.get()));
  }

  /**
   * Tokens of a call.
   *
   * @param input above 0
   * @param output above 0
   */
  record CallSize(BigDecimal input, BigDecimal output) {

    CallSize {
      positive("--context", input);
      positive("--output", output);
    }

    private static void positive(String option, BigDecimal tokens) {
      if (tokens.signum() <= 0) {
        throw new IllegalArgumentException(
            option + " must be > 0 tokens, was " + tokens.toPlainString());
      }
    }

    BigDecimal total() {
      return input.add(output);
    }
  }
}
