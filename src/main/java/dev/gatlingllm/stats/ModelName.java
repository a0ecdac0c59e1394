package dev.gatlingllm.stats;

import java.util.Locale;
import java.util.regex.Pattern;

/** Compares the names that models have in requests and in answers. */
public final class ModelName {

  /** A date, a number of a release, a version: {@code -2024-08-06}, {@code @20250929}, -v1:0. */
  private static final Pattern VERSION =
      Pattern.compile("([-@](\\d{4}-\\d{2}-\\d{2}|\\d{3,8})|-v\\d+(:\\d+)?|-latest)+");

  private ModelName() {}

  /**
   * Whether two names are of one model: they are alike but for upper case, a path before them, and
   * a date or version behind one of them. {@code gpt-4o} and {@code gpt-4o-2024-08-06} are one
   * model, {@code gpt-4o} and {@code gpt-4o-mini} are two, and so are two dates of one name.
   */
  public static boolean same(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    return a.equals(b) || isVersionOf(a, b) || isVersionOf(b, a);
  }

  /**
   * Whether a name is that of something that chooses a model for each call, and of no model: then
   * the answer's name counts.
   */
  public static boolean chooses(String name) {
    return name.toLowerCase(Locale.ROOT).contains("router") || plain(name).equals("auto");
  }

  private static boolean isVersionOf(String longer, String shorter) {
    return !shorter.isEmpty()
        && longer.startsWith(shorter)
        && VERSION.matcher(longer.substring(shorter.length())).matches();
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String last = lower.substring(lower.lastIndexOf('/') + 1);
    return last.endsWith("-latest") ? last.substring(0, last.length() - "-latest".length()) : last;
  }
}
