package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * A text in another form, each of whose characters knows where in the original it came from.
 * Immutable.
 */
final class Mapped {

  private static final Map<String, Character> ENTITIES =
      Map.of("amp", '&', "lt", '<', "gt", '>', "quot", '"', "apos", '\'', "nbsp", ' ');

  private static final int LONGEST_ENTITY = 8;

  private final String text;
  private final int[] from;
  private final int[] to;

  private Mapped(String text, int[] from, int[] to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** The other form. */
  String text() {
    return text;
  }

  /** Where in the original a character begins. */
  int from(int at) {
    return from[at];
  }

  /** Where in the original it ends. */
  int to(int at) {
    return to[at];
  }

  static Mapped of(String text) {
    int[] from = new int[text.length()];
    Arrays.setAll(from, i -> i);
    int[] to = new int[text.length()];
    Arrays.setAll(to, i -> i + 1);
    return new Mapped(text, from, to);
  }

  /** The text of {@link #folded}, without the way back to the original. */
  static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c);
      if (!space) {
        folded.append(Character.toLowerCase(c));
      } else if (!blank) {
        folded.append(' ');
      }
      blank = space;
    }
    return folded.toString();
  }

  /** In lower case, any run of white space one blank. */
  Mapped folded() {
    Builder folded = new Builder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isWhitespace(c)) {
        folded.add(Character.toLowerCase(c), i, i);
      } else if (folded.endsInBlank()) {
        folded.extend(i);
      } else {
        folded.add(' ', i, i);
      }
    }
    return folded.build();
  }

  /** With the escapes of JSON, HTML and URLs undone, once. */
  Mapped decoded() {
    Builder decoded = new Builder();
    int at = 0;
    while (at < text.length()) {
      int end =
          switch (text.charAt(at)) {
            case '\\' -> backslash(at, decoded);
            case '&' -> entity(at, decoded);
            case '%' -> percent(at, decoded);
            default -> at;
          };
      if (end == at) {
        decoded.add(text.charAt(at), at, at);
        end++;
      }
      at = end;
    }
    return decoded.build();
  }

  /** As {@link #decoded}, and a plus sign is a blank, as forms have it. */
  Mapped decodedForm() {
    return new Mapped(text.replace('+', ' '), from, to).decoded();
  }

  private int backslash(int at, Builder decoded) {
    if (at + 1 >= text.length()) {
      return at;
    }
    char c = text.charAt(at + 1);
    if (c == 'u') {
      int code = number(at + 2, at + 6, 16);
      return code < 0 ? at : decoded.add((char) code, at, at + 5);
    }
    int known = "ntrbf\"\\/'".indexOf(c);
    return known < 0 ? at : decoded.add("\n\t\r\b\f\"\\/'".charAt(known), at, at + 1);
  }

  private int entity(int at, Builder decoded) {
    int end = at + 1;
    while (end < text.length() && end - at < LONGEST_ENTITY && text.charAt(end) != ';') {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != ';') {
      return at;
    }
    String name = text.substring(at + 1, end);
    if (name.startsWith("#")) {
      boolean hex = name.startsWith("#x") || name.startsWith("#X");
      int code = number(at + (hex ? 3 : 2), end, hex ? 16 : 10);
      return code < 0 ? at : decoded.add((char) code, at, end);
    }
    Character known = ENTITIES.get(name);
    return known == null ? at : decoded.add(known, at, end);
  }

  /** A run of them, which is text in UTF-8. */
  private int percent(int at, Builder decoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int end = at;
    while (end < text.length() && text.charAt(end) == '%' && number(end + 1, end + 3, 16) >= 0) {
      bytes.write(number(end + 1, end + 3, 16));
      end += 3;
    }
    String run = bytes.toString(UTF_8);
    run.chars().forEach(c -> decoded.add((char) c, at, at));
    decoded.spread(run.length(), at, end);
    return end;
  }

  private int number(int begin, int end, int radix) {
    if (begin >= end || end > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = begin; i < end; i++) {
      char c = text.charAt(i);
      int digit = HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : radix;
      if (digit >= radix) {
        return -1;
      }
      value = value * radix + digit;
    }
    return value > Character.MAX_VALUE ? -1 : value;
  }

  /** Collects characters of the other form. */
  private final class Builder {
    private final StringBuilder chars = new StringBuilder(text.length());
    private final int[] begins = new int[text.length()];
    private final int[] ends = new int[text.length()];

    /** One that stands for these of the text, both included; returns the place after them. */
    int add(char c, int first, int last) {
      begins[chars.length()] = from[first];
      ends[chars.length()] = to[last];
      chars.append(c);
      return last + 1;
    }

    boolean endsInBlank() {
      return chars.length() > 0 && chars.charAt(chars.length() - 1) == ' ';
    }

    void extend(int last) {
      ends[chars.length() - 1] = to[last];
    }

    /** Says that the last characters stand for a run of this text, three or more each. */
    void spread(int count, int begin, int end) {
      for (int i = 0; i < count; i++) {
        int at = chars.length() - count + i;
        begins[at] = from[begin + (end - begin) * i / count];
        ends[at] = to[begin + (end - begin) * (i + 1) / count - 1];
      }
    }

    Mapped build() {
      int length = chars.length();
      return new Mapped(
          chars.toString(), Arrays.copyOf(begins, length), Arrays.copyOf(ends, length));
    }
  }
}
