package dev.gatlingllm.call;

import java.util.OptionalInt;

/**
 * The text of an answer as it comes: counted to its end, kept up to a limit, so that an endless
 * answer takes no more memory than a long one. Confined to one thread at a time.
 */
final class AnswerText {

  private final int mostChars;
  private final StringBuilder kept = new StringBuilder();
  private long chars;
  private long firstChars;
  private boolean begun;
  private int toolCallAt = -1;

  AnswerText(int mostChars) {
    this.mostChars = mostChars;
  }

  /** Adds what a chunk brought; empty if it brought no text. */
  void append(String piece) {
    if (!begun) {
      begun = true;
      firstChars = piece.length();
    }
    int room = (int) Math.max(0, mostChars - chars);
    chars += piece.length();
    kept.append(piece, 0, wholeCharacters(piece, room));
  }

  /** What is added from now on are the arguments of a tool's call; only the first time counts. */
  void toolCallBegins() {
    if (toolCallAt < 0) {
      toolCallAt = kept.length();
    }
  }

  /** How much of a piece fits without half a surrogate pair at its end. */
  private static int wholeCharacters(String piece, int room) {
    if (piece.length() <= room) {
      return piece.length();
    }
    return room > 0 && Character.isHighSurrogate(piece.charAt(room - 1)) ? room - 1 : room;
  }

  long chars() {
    return chars;
  }

  CallResult.Text text() {
    return new CallResult.Text(
        kept.toString(),
        chars,
        firstChars,
        toolCallAt < 0 ? OptionalInt.empty() : OptionalInt.of(toolCallAt));
  }
}
