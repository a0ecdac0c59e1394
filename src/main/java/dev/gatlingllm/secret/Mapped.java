package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Base64;
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

  /** What 24 characters become, the least that is looked for. */
  private static final int LEAST_BASE64 = PromptText.LEAST_CHARS * 4 / 3;

  private static final Base64.Decoder BASE64 = Base64.getDecoder();
  private static final Charset WINDOWS = Charset.forName("windows-1252");

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

  /** With what looks like text in base64 decoded. */
  Mapped unpacked() {
    Builder unpacked = new Builder();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      if (end - at < LEAST_BASE64 || !unpack(at, end, unpacked)) {
        end = Math.max(end, at + 1);
        for (int i = at; i < end; i++) {
          unpacked.add(text.charAt(i), i, i);
        }
      }
      at = end;
    }
    return unpacked.build();
  }

  private static boolean isBase64(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "+/-_".indexOf(c) >= 0;
  }

  /** The run may have been cut anywhere, so each of four beginnings is tried. */
  private boolean unpack(int begin, int end, Builder unpacked) {
    for (int first = begin; first < begin + 4; first++) {
      int length = (end - first) % 4 == 1 ? end - first - 1 : end - first;
      String run = text.substring(first, first + length).replace('-', '+').replace('_', '/');
      String said = new String(BASE64.decode(run), UTF_8);
      if (isText(said)) {
        int bytes = 0;
        for (int i = 0; i < said.length(); i++) {
          int size = utf8Bytes(said.charAt(i));
          int last = Math.min(end - 1, first + (bytes + size) * 4 / 3);
          unpacked.add(said.charAt(i), Math.min(end - 1, first + bytes * 4 / 3), last);
          bytes += size;
        }
        return true;
      }
    }
    return false;
  }

  /** Half a surrogate pair has half of four bytes. */
  private static int utf8Bytes(char c) {
    return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  /** Whether nine of ten characters can be read: bytes of another kind decode to others. */
  private static boolean isText(String said) {
    long strange = said.chars().filter(c -> c == 0xFFFD || (c < ' ' && c > '\r')).count();
    return strange * 10 <= said.length();
  }

  /** With text in UTF-8 that was read as if each byte were a character. */
  Mapped reread() {
    Builder reread = new Builder();
    int at = 0;
    while (at < text.length()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int end = at;
      while (end < text.length() && byteOf(text.charAt(end)) >= 0x80) {
        bytes.write(byteOf(text.charAt(end)));
        end++;
      }
      String run = bytes.toString(UTF_8);
      if (end == at || run.length() > end - at) {
        end = Math.max(end, at + 1);
        for (int i = at; i < end; i++) {
          reread.add(text.charAt(i), i, i);
        }
      } else {
        run.chars().forEach(reread::append);
        reread.spread(run.length(), at, end);
      }
      at = end;
    }
    return reread.build();
  }

  /** In Latin 1 or Windows' version of it; -1 in neither. */
  private static int byteOf(char c) {
    if (c <= 0xFF) {
      return c;
    }
    byte[] windows = Character.toString(c).getBytes(WINDOWS);
    return windows[0] == '?' ? -1 : windows[0] & 0xFF;
  }

  private int backslash(int at, Builder decoded) {
    if (at + 1 >= text.length()) {
      return at;
    }
    char c = text.charAt(at + 1);
    if (c == 'x') {
      return bytes(at, "\\x", decoded);
    }
    if (text.startsWith("u{", at + 1)) {
      int end = text.indexOf('}', at);
      int code = end < 0 || end > at + LONGEST_ENTITY ? -1 : number(at + 3, end, 16);
      return code < 0 ? at : decoded.add((char) code, at, end);
    }
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

  private int percent(int at, Builder decoded) {
    return bytes(at, "%", decoded);
  }

  /** A run of bytes in two hexadecimal digits each, which is text in UTF-8. */
  private int bytes(int at, String mark, Builder decoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int size = mark.length() + 2;
    int end = at;
    while (text.startsWith(mark, end) && number(end + mark.length(), end + size, 16) >= 0) {
      bytes.write(number(end + mark.length(), end + size, 16));
      end += size;
    }
    String run = bytes.toString(UTF_8);
    run.chars().forEach(decoded::append);
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

    /** Adds one whose place {@link #spread} says. */
    void append(int c) {
      chars.append((char) c);
    }

    /** Says that the last characters stand for a run of this text, one or more each. */
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
