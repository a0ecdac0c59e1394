package dev.gatlingllm.gatling.engine;

import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.record.Limit;
import java.util.List;

/** The limits of a run whose simulation declares none, for tests of other packages. */
public final class LimitsOfSettings {

  private LimitsOfSettings() {}

  public static List<Limit> of(SloConfig slo) {
    return DeclaredLimits.take(slo);
  }
}
