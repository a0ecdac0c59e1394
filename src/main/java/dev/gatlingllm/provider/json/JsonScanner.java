package dev.gatlingllm.provider.json;

import java.nio.charset.StandardCharsets;

/**
 * Walks over one JSON text in place and builds nothing but the strings that are asked for. It is
 * for texts that are nearly always alike and well-formed, thousands a second: whatever is unusual
 * (an escaped field name, deep nesting, text outside of ASCII where it is to be skipped, anything
 * malformed) makes it give up, and the caller reads the text again with a real parser. What it does
 * not give up is valid JSON, and means what it says.
 *
 * <p>After giving up every method says that there is nothing more, so that a caller needs to ask
 * {@link #finished} only once, at the end.
 *
 * <p>To be reused. Confined to one thread at a time.
 */
public final class JsonScanner {

  private static final int DEEPEST = 64;

  private static final byte PLAIN = 0;
  private static final byte QUOTE = 1;
  private static final byte BACKSLASH = 2;
  private static final byte CONTROL = 3;
  private static final byte BEYOND_ASCII = 4;
  private static final byte[] KINDS = kinds();

  private byte[] bytes = {};
  private int at;
  private int end;
  private int nameFrom;
  private int nameTo;
  private boolean lost;

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = i < 0x20 ? CONTROL : i < 0x80 ? PLAIN : BEYOND_ASCII;
    }
    kinds['"'] = QUOTE;
    kinds['\\'] = BACKSLASH;
    return kinds;
  }

  /** Begins with another text, which must not change until it is read. */
  public void start(byte[] text, int offset, int length) {
    bytes = text;
    at = offset;
    end = offset + length;
    lost = false;
    skipBlanks();
  }

  /** Gives up: the text holds what the caller has no eye for. */
  public void giveUp() {
    lost = true;
  }

  /** Whether the text was read to its end without giving up. */
  public boolean finished() {
    skipBlanks();
    return !lost && at == end;
  }

  /** Enters the object that must stand here; true if it has a field, whose value is next. */
  public boolean beginObject() {
    return enter('{') && !leave('}') && readName();
  }

  /** Goes to the value of the next field; false at the end of the object, which is left. */
  public boolean nextField() {
    if (leave('}')) {
      return false;
    }
    return separator() && readName();
  }

  /** Enters the array that must stand here; true if it has an element, which is next. */
  public boolean beginArray() {
    return enter('[') && !leave(']');
  }

  /** Goes to the next element; false at the end of the array, which is left. */
  public boolean nextElement() {
    if (leave(']')) {
      return false;
    }
    return separator();
  }

  /** Whether the present field has this name, which must be ASCII. */
  public boolean named(String name) {
    int length = nameTo - nameFrom;
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[nameFrom + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the value if it is null, and says whether it was. */
  public boolean takeNull() {
    return here() == 'n' && literal("null");
  }

  /** Takes the value, which must hold nothing: null, an empty string, array or object. */
  public void onlyNothing() {
    switch (here()) {
      case 'n' -> literal("null");
      case '"' -> lost |= !string().isEmpty();
      case '[' -> lost |= beginArray();
      case '{' -> lost |= beginObject();
      default -> lost = true;
    }
  }

  /** Takes the value, which must be a string. Empty after giving up. */
  public String string() {
    int from = at + 1;
    if (here() != '"') {
      lost = true;
      return "";
    }
    int to = from;
    while (to < end && KINDS[bytes[to] & 0xff] == PLAIN) {
      to++;
    }
    if (to < end && bytes[to] == '"') {
      at = to + 1;
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    return unusualString(from);
  }

  /** Passes over the value, whatever it is. */
  public void skip() {
    skip(0);
  }

  private void skip(int depth) {
    if (depth == DEEPEST) {
      lost = true;
      return;
    }
    switch (here()) {
      case '"' -> skipString();
      case '{' -> {
        for (boolean more = beginObject(); more; more = nextField()) {
          skip(depth + 1);
        }
      }
      case '[' -> {
        for (boolean more = beginArray(); more; more = nextElement()) {
          skip(depth + 1);
        }
      }
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> skipNumber();
    }
  }

  private void skipString() {
    int to = at + 1;
    while (to < end) {
      byte kind = KINDS[bytes[to] & 0xff];
      if (kind == QUOTE) {
        at = to + 1;
        return;
      }
      if (kind == BACKSLASH) {
        to += Escapes.length(bytes, to, end);
      } else if (kind == PLAIN) {
        to++;
      } else {
        break;
      }
    }
    lost = true;
  }

  private String unusualString(int from) {
    int to = from;
    boolean escaped = false;
    while (to < end && bytes[to] != '"') {
      byte kind = KINDS[bytes[to] & 0xff];
      if (kind == CONTROL) {
        lost = true;
        return "";
      }
      escaped |= kind == BACKSLASH;
      to += kind == BACKSLASH ? Escapes.length(bytes, to, end) : 1;
    }
    if (to >= end) {
      lost = true;
      return "";
    }
    at = to + 1;
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    // A replacement character may stand for bytes that are no text.
    if (text.indexOf('\uFFFD') >= 0) {
      lost = true;
    }
    return escaped ? Escapes.resolve(text) : text;
  }

  private void skipNumber() {
    if (here() == '-') {
      at++;
    }
    if (here() == '0') {
      at++;
    } else {
      digits();
    }
    if (here() == '.') {
      at++;
      digits();
    }
    if (here() == 'e' || here() == 'E') {
      at++;
      if (here() == '+' || here() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      lost = true;
    }
  }

  private boolean literal(String word) {
    int length = word.length();
    for (int i = 0; i < length; i++) {
      if (at + i >= end || bytes[at + i] != word.charAt(i)) {
        lost = true;
        return false;
      }
    }
    at += length;
    return true;
  }

  private boolean readName() {
    if (here() != '"') {
      lost = true;
      return false;
    }
    nameFrom = at + 1;
    int to = nameFrom;
    while (to < end && KINDS[bytes[to] & 0xff] == PLAIN) {
      to++;
    }
    if (to >= end || bytes[to] != '"') {
      lost = true;
      return false;
    }
    nameTo = to;
    at = to + 1;
    skipBlanks();
    if (here() != ':') {
      lost = true;
      return false;
    }
    at++;
    skipBlanks();
    return true;
  }

  private boolean enter(char bracket) {
    if (here() != bracket) {
      lost = true;
      return false;
    }
    at++;
    skipBlanks();
    return true;
  }

  private boolean leave(char bracket) {
    skipBlanks();
    if (here() != bracket) {
      return lost;
    }
    at++;
    return true;
  }

  private boolean separator() {
    if (here() != ',') {
      lost = true;
      return false;
    }
    at++;
    skipBlanks();
    return true;
  }

  /** What stands here; 0 at the end and after giving up. */
  private int here() {
    return !lost && at < end ? bytes[at] : 0;
  }

  private void skipBlanks() {
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
