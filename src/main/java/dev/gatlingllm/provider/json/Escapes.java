package dev.gatlingllm.provider.json;

import java.util.HexFormat;

/** The escapes of JSON strings. */
final class Escapes {

  private static final int UNICODE_LENGTH = 6;
  private static final int HEX = 16;

  private Escapes() {}

  /** How long the escape is that begins here; beyond the end if it is none. */
  static int length(byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return end;
    }
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> fourDigits(bytes, at + 2, end) ? UNICODE_LENGTH : end;
      default -> end;
    };
  }

  /** The text with its escapes, all of them valid, resolved. */
  static String resolve(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    int at = 0;
    while (at < escaped.length()) {
      char c = escaped.charAt(at);
      if (c != '\\') {
        text.append(c);
        at++;
      } else if (escaped.charAt(at + 1) == 'u') {
        text.append((char) Integer.parseInt(escaped, at + 2, at + UNICODE_LENGTH, HEX));
        at += UNICODE_LENGTH;
      } else {
        text.append(simple(escaped.charAt(at + 1)));
        at += 2;
      }
    }
    return text.toString();
  }

  private static char simple(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static boolean fourDigits(byte[] bytes, int from, int end) {
    if (from + 4 > end) {
      return false;
    }
    for (int i = from; i < from + 4; i++) {
      if (!HexFormat.isHexDigit(bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
