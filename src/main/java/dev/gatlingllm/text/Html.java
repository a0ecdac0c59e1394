package dev.gatlingllm.text;

/** Text for an HTML page: for an element's content or a quoted attribute. */
public final class Html {

  private Html() {}

  /** The text with every character visible and none of it markup. */
  public static String text(String text) {
    String visible = PlainText.visible(text);
    StringBuilder escaped = new StringBuilder(visible.length() + 16);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
