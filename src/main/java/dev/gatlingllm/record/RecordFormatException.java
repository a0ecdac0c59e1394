package dev.gatlingllm.record;

/**
 * A file of a run is not what it should be. The message names what was found and what is accepted,
 * and never holds prompt text.
 */
public final class RecordFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An error that the reader of the file completes with its place. */
  public RecordFormatException(String message) {
    super(message);
  }

  /** The same error with its place. */
  public RecordFormatException(String place, RecordFormatException cause) {
    super(place + ": " + cause.getMessage(), cause);
  }
}
