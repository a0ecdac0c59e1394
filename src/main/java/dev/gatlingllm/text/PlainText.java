package dev.gatlingllm.text;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * Text of which every character is visible. Characters that steer a terminal, reverse the direction
 * of reading or take no room become U+FFFD: control characters, all format characters, and what
 * Unicode lets a font ignore.
 */
public final class PlainText {

  private static final int REPLACEMENT = 0xFFFD;

  /** All that some program takes for the end of a line, and the tab. */
  private static final Pattern BREAKS = Pattern.compile("[\\t\\n\\x0B\\f\\r\\x85\\u2028\\u2029]+");

  private static final Pattern LINE_END = Pattern.compile("\r\n?");

  private PlainText() {}

  /** The text with every character visible, on as many lines as before; a tab is a space. */
  public static String visible(String text) {
    String lines = LINE_END.matcher(text).replaceAll("\n").replace('\t', ' ');
    return replaced(lines, point -> point == '\n' || isVisible(point));
  }

  /**
   * The text with every character visible, on one line: each run of line ends and tabs is a space.
   */
  public static String line(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~')
        ? text
        : replaced(BREAKS.matcher(text).replaceAll(" "), PlainText::isVisible);
  }

  /**
   * The text without halves of surrogate pairs, which no parser of JSON takes in a field's name.
   */
  public static String whole(String text) {
    return replaced(text, point -> Character.getType(point) != Character.SURROGATE);
  }

  /**
   * Whether a code point shows, if only as a space. Line ends and tabs do not.
   *
   * @param point half a surrogate pair is not visible either
   */
  public static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isIgnorable(point) && !isNoCharacter(point);
    };
  }

  private static String replaced(String text, IntPredicate stays) {
    if (text.codePoints().allMatch(stays)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> visible.appendCodePoint(stays.test(point) ? point : REPLACEMENT));
    return visible.toString();
  }

  // Unicode's Default_Ignorable_Code_Point, without those of the category Cf; and the blank of
  // Braille, which has no dots.
  private static boolean isIgnorable(int point) {
    return point == 0x034F
        || between(point, 0x115F, 0x1160)
        || between(point, 0x17B4, 0x17B5)
        || between(point, 0x180B, 0x180F)
        || point == 0x2065
        || point == 0x2800
        || point == 0x3164
        || between(point, 0xFE00, 0xFE0F)
        || point == 0xFFA0
        || between(point, 0xFFF0, 0xFFF8)
        || between(point, 0xE0000, 0xE0FFF);
  }

  private static boolean isNoCharacter(int point) {
    return (point & 0xFFFE) == 0xFFFE || between(point, 0xFDD0, 0xFDEF);
  }

  private static boolean between(int point, int first, int last) {
    return first <= point && point <= last;
  }
}
