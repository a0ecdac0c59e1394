package dev.gatlingllm.secret;

/** The hash of every piece of {@link PromptText#PIECE} characters of a text, in one pass. */
final class RollingHash {

  private static final int BASE = 0x01000193;
  private static final int BASE_OF_FIRST = power();

  private RollingHash() {}

  /** Takes a place and the hash of the piece that begins there. */
  @FunctionalInterface
  interface Visitor {
    void visit(int at, int hash);
  }

  private static int power() {
    int power = 1;
    for (int i = 1; i < PromptText.PIECE; i++) {
      power *= BASE;
    }
    return power;
  }

  static int of(String text, int at) {
    int hash = 0;
    for (int i = 0; i < PromptText.PIECE; i++) {
      hash = hash * BASE + text.charAt(at + i);
    }
    return spread(hash);
  }

  static void forEach(String text, Visitor visitor) {
    int hash = 0;
    for (int i = 0; i < text.length(); i++) {
      if (i >= PromptText.PIECE) {
        hash -= text.charAt(i - PromptText.PIECE) * BASE_OF_FIRST;
      }
      hash = hash * BASE + text.charAt(i);
      if (i >= PromptText.PIECE - 1) {
        visitor.visit(i - PromptText.PIECE + 1, spread(hash));
      }
    }
  }

  /** The low bits of a polynomial say little about its first characters. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }
}
