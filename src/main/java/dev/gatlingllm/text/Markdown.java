package dev.gatlingllm.text;

/**
 * Text for Markdown as GitHub, GitLab and Azure DevOps read it: nothing of it is markup, a link, an
 * image, HTML, a mention or a reference to an issue, and all of it is on one line.
 */
public final class Markdown {

  // A reference is looked for in the page, after the escapes of Markdown are gone: only a character
  // between the sign and the name keeps it from being one.
  private static final String APART = "&#8203;";

  private static final String MARKUP = "\\`*_[]|~$";

  private Markdown() {}

  /** The text as it may stand anywhere in a line, a table's cell or a list. */
  public static String inline(String text) {
    String line = PlainText.line(text).strip();
    StringBuilder escaped = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      if (i == endOfMarker(line)) {
        escaped.append('\\');
      }
      append(line, i, escaped);
    }
    return escaped.toString();
  }

  /** The text as code, between backticks; a dash if there is none. Not for a table's cell. */
  public static String code(String text) {
    String line = PlainText.line(text).strip();
    if (line.isEmpty()) {
      return "–";
    }
    String fence = "`";
    while (line.contains(fence)) {
      fence += "`";
    }
    return fence.length() == 1 ? fence + line + fence : fence + " " + line + " " + fence;
  }

  /** Where the marker ends that would make the line a list, a quotation or a rule; -1 if none. */
  private static int endOfMarker(String line) {
    int at = 0;
    while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
      at++;
    }
    if (at == line.length()) {
      return -1;
    }
    char mark = line.charAt(at);
    boolean ends = at + 1 == line.length() || " -=".indexOf(line.charAt(at + 1)) >= 0;
    if (at > 0) {
      return ends && ".)".indexOf(mark) >= 0 ? at : -1;
    }
    return mark == '>' || (ends && "-+=".indexOf(mark) >= 0) ? 0 : -1;
  }

  private static void append(String line, int at, StringBuilder escaped) {
    char c = line.charAt(at);
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '@' -> escaped.append(isGapAt(line, at + 1) ? "@" : "&#64;" + APART);
      case '#' -> escaped.append("\\#").append(isWordAt(line, at + 1) ? APART : "");
      case '!' -> escaped.append('!').append(isDigitAt(line, at + 1) ? APART : "");
      case '-' -> escaped.append('-').append(isIssue(line, at) ? APART : "");
      case ':' -> escaped.append(':').append(line.startsWith("//", at + 1) ? APART : "");
      case '.' -> escaped.append(follows(line, at, "www") ? APART : "").append('.');
      default -> escaped.append(MARKUP.indexOf(c) >= 0 ? "\\" : "").append(c);
    }
  }

  /** {@code GH-12} is an issue, too. */
  private static boolean isIssue(String line, int at) {
    return follows(line, at, "GH") && isDigitAt(line, at + 1);
  }

  private static boolean follows(String line, int at, String before) {
    return line.regionMatches(true, at - before.length(), before, 0, before.length());
  }

  private static boolean isGapAt(String line, int at) {
    return at == line.length() || Character.isWhitespace(line.charAt(at));
  }

  private static boolean isWordAt(String line, int at) {
    return at < line.length() && (Character.isLetter(line.charAt(at)) || isDigitAt(line, at));
  }

  private static boolean isDigitAt(String line, int at) {
    return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
  }
}
