package dev.gatlingllm.provider;

import java.util.Locale;
import java.util.SplittableRandom;

/** Texts drawn at random, and JSON that holds them, escaped in all the ways that JSON allows. */
public final class JsonTexts {

  private static final String[] ALPHABETS = {
    "abc xyz",
    "äöüßéñ",
    "日本語中文",
    "😀🧪\uD834\uDD1E",
    "\"\\/\b\f\n\r\t\u0000\u001f",
    "data: [DONE]\n\n"
  };

  private JsonTexts() {}

  /** A text of at least one character. */
  public static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      String alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
      int at =
          alphabet.offsetByCodePoints(
              0, random.nextInt(alphabet.codePointCount(0, alphabet.length())));
      text.appendCodePoint(alphabet.codePointAt(at));
    }
    return text.toString();
  }

  /** The text as a string of JSON. */
  public static String quoted(String text, SplittableRandom random) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean surrogate = Character.isSurrogate(c);
      boolean must = c < 0x20 || c == '"' || c == '\\';
      if (must || (!surrogate && random.nextInt(8) == 0)) {
        json.append(escaped(c, random));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String escaped(char c, SplittableRandom random) {
    int shortAt = "\"\\/\b\f\n\r\t".indexOf(c);
    return shortAt >= 0 && random.nextBoolean()
        ? "\\" + "\"\\/bfnrt".charAt(shortAt)
        : String.format(Locale.ROOT, "\\u%04x", (int) c);
  }

  /**
   * JSON with white space here and there.
   *
   * @param json with a {@code ¤} wherever white space may stand
   */
  public static String spaced(String json, SplittableRandom random) {
    StringBuilder spaced = new StringBuilder();
    boolean compact = random.nextInt(3) > 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '¤') {
        spaced.append(c);
      } else if (!compact) {
        spaced.append(new String[] {"", " ", "\n", "\t", " \n "}[random.nextInt(5)]);
      }
    }
    return spaced.toString();
  }
}
