package dev.gatlingllm;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** The locales that break a program that relies on the default one. */
public final class Locales {

  /** Three with digits of their own, one with a case mapping of its own, one with a comma. */
  public static final List<Locale> AWKWARD =
      List.of(
          Locale.forLanguageTag("ar-EG"),
          Locale.forLanguageTag("fa-IR"),
          Locale.forLanguageTag("th-TH-u-nu-thai"),
          Locale.forLanguageTag("tr-TR"),
          Locale.GERMANY);

  private Locales() {}

  /** What an action returns while this is the default locale, which is put back afterwards. */
  public static <T> T under(Locale locale, Callable<T> action) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(locale);
    try {
      return action.call();
    } finally {
      Locale.setDefault(before);
    }
  }
}
