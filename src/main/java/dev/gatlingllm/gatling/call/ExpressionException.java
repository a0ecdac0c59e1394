package dev.gatlingllm.gatling.call;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Gatling Expression Language String has no value for one user. The message names the attribute
 * or the expressions in the string, never a value or the string itself, which may be a prompt.
 */
public final class ExpressionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{[^}]*}");
  private static final Pattern NO_ATTRIBUTE =
      Pattern.compile("No attribute named '(.+)' is defined", Pattern.DOTALL);

  /**
   * An expression without a value.
   *
   * @param text the whole string
   * @param wanted what it must be, such as {@code a whole number}; empty if any value will do
   */
  public ExpressionException(String text, String wanted, Throwable cause) {
    super(message(text, wanted, String.valueOf(cause.getMessage())), cause);
  }

  private static String message(String text, String wanted, String cause) {
    Matcher missing = NO_ATTRIBUTE.matcher(cause);
    if (missing.matches() && text.contains(missing.group(1))) {
      return "no attribute named '" + missing.group(1) + "'";
    }
    List<String> expressions =
        EXPRESSION.matcher(text).results().map(MatchResult::group).distinct().toList();
    String all = expressions.isEmpty() ? "the expression" : String.join(", ", expressions);
    return all + (wanted.isEmpty() ? " has no value" : " is not " + wanted);
  }
}
