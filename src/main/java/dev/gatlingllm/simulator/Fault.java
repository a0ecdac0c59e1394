package dev.gatlingllm.simulator;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What can go wrong with one call. "In mid-stream" is after {@link
 * FaultSettings#faultAfterChunks()} chunks, or after the last one if the answer has fewer. An
 * answer that is not streamed has its middle at half of its body.
 */
public enum Fault {
  /** Refused with 429, as when a quota is used up. */
  THROTTLE,
  /** Refused with 400. */
  REJECT,
  /** Refused with 500. */
  SERVER_ERROR,
  /** Refused with 503. */
  UNAVAILABLE,
  /** The request is taken and never answered; the connection stays open. */
  HANG,
  /** The stream stops in the middle for ever; the connection stays open. */
  STALL,
  /**
   * The connection is closed in mid-stream, in order but without the end of the answer. On HTTP/2
   * that ends every other call of the connection too, as a dying server does.
   */
  CUT,
  /** The connection is reset (TCP RST) in mid-stream; on HTTP/2 only the one stream is. */
  RESET,
  /** An error event in mid-stream ends the answer; 500 if it is not streamed. */
  ERROR_EVENT,
  /** An event that cannot be decoded in mid-stream: cut JSON, or a wrong checksum on Bedrock. */
  MALFORMED,
  /**
   * The answer ends in order, but without its last event: {@code [DONE]}, or Bedrock's metadata.
   */
  NO_DONE,
  /** Status 200 and an orderly end, but no model output. */
  EMPTY,
  /** The content filter ends the answer in mid-stream. */
  FILTERED,
  /** Status 200 and an answer in which the application says that it is sorry. */
  APOLOGY,
  /** Status 200 and an answer that is the text of an error. */
  ERROR_TEXT,
  /** Harmless: comments between the events of a server-sent stream. Nothing on Bedrock. */
  KEEPALIVE_COMMENTS,
  /** Harmless: the answer carries no token usage. */
  NO_USAGE;

  /** What the answer says because of this fault; empty if it says what it would have said. */
  String text() {
    return switch (this) {
      case APOLOGY -> "Sorry, I am not able to answer that right now.";
      case ERROR_TEXT -> "An error occurred while the answer was being written.";
      default -> "";
    };
  }

  /** The name in a file of what truly happened, such as {@code error-event}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The key below {@code llm.simulator.faults}, such as {@code errorEvent}. */
  public String key() {
    return Pattern.compile("-(.)")
        .matcher(code())
        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
  }
}
