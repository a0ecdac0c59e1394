package dev.gatlingllm.provider;

/**
 * An answer that does not follow its format. The message says how, without quoting it at length.
 */
public final class MalformedAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An answer that is wrong in the way that the message says. */
  public MalformedAnswerException(String message) {
    super(message);
  }
}
