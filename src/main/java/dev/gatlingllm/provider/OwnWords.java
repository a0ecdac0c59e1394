package dev.gatlingllm.provider;

import java.util.Optional;

/**
 * Texts of exceptions that are ours: those of arguments that this package and the ones below it
 * refuse. Any other exception may quote what a model, a service or a user's code said.
 */
public final class OwnWords {

  private static final String HERE = OwnWords.class.getPackageName() + ".";

  private OwnWords() {}

  /** The message of an argument that was refused here; empty for another exception. */
  public static Optional<String> of(Throwable cause) {
    StackTraceElement[] stack = cause.getStackTrace();
    boolean ours =
        cause instanceof IllegalArgumentException
            && stack.length > 0
            && stack[0].getClassName().startsWith(HERE);
    return ours ? Optional.ofNullable(cause.getMessage()) : Optional.empty();
  }
}
