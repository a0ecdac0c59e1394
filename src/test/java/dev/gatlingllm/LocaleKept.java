package dev.gatlingllm;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that set the default locale: puts back the one from before. */
public final class LocaleKept implements BeforeEachCallback, AfterEachCallback {

  private Locale before = Locale.ROOT;

  @Override
  public void beforeEach(ExtensionContext context) {
    before = Locale.getDefault();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Locale.setDefault(before);
  }
}
