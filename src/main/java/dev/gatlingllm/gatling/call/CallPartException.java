package dev.gatlingllm.gatling.call;

import dev.gatlingllm.provider.OwnWords;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a call could not be made for one user. The message names the part and says why, without
 * a value of the session and without the message of the cause, which may quote one.
 */
public final class CallPartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How far below the code that threw the user's own may lie. */
  private static final int NEAR_FRAMES = 8;

  private static final Pattern SESSION_WORDS =
      Pattern.compile(
          "key not found: ([\\w.-]+)|([\\w.-]+) is null|([\\w.-]+) is not an? \\w+: .*",
          Pattern.DOTALL);

  /**
   * A part that could not be made.
   *
   * @param part its name
   */
  public CallPartException(String part, Throwable cause) {
    super(message(part, reason(cause)), cause, false, false);
  }

  /** Some reasons begin with the name of the part. */
  private static String message(String part, String reason) {
    return reason.startsWith(part + " ") ? reason : part + ": " + reason;
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ExpressionException || cause instanceof NoPromptException) {
      return cause.getMessage();
    }
    return OwnWords.of(cause)
        .map(CallPartException::withoutValue)
        .orElseGet(() -> attribute(cause));
  }

  /** Our own messages name key and range first and the value last. */
  private static String withoutValue(String message) {
    int value = message.indexOf(", was ");
    return value < 0 ? message : message.substring(0, value);
  }

  /** A session says which attribute a function asked it for in vain. */
  private static String attribute(Throwable cause) {
    Matcher words = SESSION_WORDS.matcher(String.valueOf(cause.getMessage()));
    boolean ofSession =
        Arrays.stream(cause.getStackTrace())
            .limit(NEAR_FRAMES)
            .anyMatch(frame -> frame.getClassName().equals("io.gatling.javaapi.core.Session"));
    if (!ofSession || !words.matches()) {
      return typeOf(cause);
    }
    return words.group(3) == null
        ? "no attribute named '" + (words.group(1) == null ? words.group(2) : words.group(1)) + "'"
        : "attribute '" + words.group(3) + "' is of another type";
  }

  /** The simple name of the class; of an anonymous one, that of the class it extends. */
  private static String typeOf(Throwable cause) {
    Class<?> type = cause.getClass();
    while (type.getSimpleName().isEmpty()) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }
}
