package dev.gatlingllm.text;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of a CSV file as in RFC 4180. A field is on one line, all of it visible, and no formula
 * for a spreadsheet: one that begins as a formula does, and is not a number, gets an apostrophe
 * before it (OWASP, CSV injection).
 */
public final class CsvLine {

  private static final String END = "\r\n";

  /** The signs that begin a formula, also as full-width characters, with what may stand before. */
  private static final Pattern FORMULA = Pattern.compile("[\\s\\h\"']*[=+\\-@＝＋－＠].*");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  /** A spreadsheet whose separator is the semicolon takes what follows one for a field. */
  private static final Pattern AFTER_SEMICOLON = Pattern.compile(";([\\s\\h]*)(?=[=+\\-@＝＋－＠])");

  private CsvLine() {}

  /** The fields, quoted where they must be, with CRLF. */
  public static String of(Collection<String> fields) {
    return of(fields, END);
  }

  /** The fields, quoted where they must be, with another end of the line. */
  public static String of(Collection<String> fields, String end) {
    return fields.stream().map(CsvLine::field).collect(Collectors.joining(",", "", end));
  }

  private static String field(String text) {
    // Most fields are numbers and codes, and an export may have millions of them.
    if (text.chars().allMatch(CsvLine::isLetterDigitOrDot)) {
      return text;
    }
    String field = harmless(PlainText.line(text));
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static boolean isLetterDigitOrDot(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
  }

  private static String harmless(String line) {
    if (NUMBER.matcher(line).matches()) {
      return line;
    }
    String apart = AFTER_SEMICOLON.matcher(line).replaceAll(";$1'");
    return FORMULA.matcher(apart).matches() ? "'" + apart : apart;
  }
}
